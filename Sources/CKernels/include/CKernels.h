#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdint.h>

#pragma clang assume_nonnull begin

// The inner loops of the project. Every function writes into the caller's buffers, allocates
// nothing, and gives the same bits on every path: all paths are one source, written for vectors of
// 16 floats, compiled once for each instruction set.

/// An instruction set that the loops are compiled for.
typedef enum ck_path { CK_GENERIC = 0, CK_AVX2 = 1, CK_AVX512 = 2 } ck_path;

// The pointers of these three are nullable for Swift's sake alone, which can then make a struct of
// zeros and set the fields by name; the loops read only what the operation has set.

/// Element (i, j) is `data[i * row_stride + j * column_stride]`.
typedef struct ck_matrix {
  const float *_Nullable data;
  long row_stride;
  long column_stride;
} ck_matrix;

/// C = A·B: element (i, j) is one fma chain over k in order, which starts from `bias[j]` or +0.
typedef struct ck_product {
  long m, n, k;
  ck_matrix a, b;
  /// Column j of C reads column (j % (n / pieces)) * pieces + j / (n / pieces) of B and of `bias`:
  /// 1 leaves the order alone, the number of maxout pieces gathers equal pieces side by side.
  long pieces;
  const float *_Nullable bias;
  float *_Nullable c;
  long c_stride;

  // Filled by product_plan.
  long depth, depths;
  long row_panels, row_groups;
  long column_panels, panels_per_task, column_groups;
  long packed_a_floats, packed_b_floats;

  // Given by the caller between planning and packing, aligned to 64 bytes: all of A once, and
  // packed_b_floats for each worker.
  float *_Nullable packed_a;
  float *_Nullable packed_b;
} ck_product;

/// The way back through a maxout layer of `rows` examples.
typedef struct ck_maxout {
  long rows, inputs, units, pieces;
  const float *_Nullable x;         // [rows, inputs]
  const float *_Nullable w;         // [units * pieces, inputs]
  const float *_Nullable dy;        // [rows, units]
  const uint8_t *_Nullable winner;  // [rows, units]
  float *_Nullable db;              // [units * pieces]
  float *_Nullable dx;              // [rows, inputs]
} ck_maxout;

/// The numbers of one Adam step.
typedef struct ck_adam {
  float rate, beta1, beta2, rest1, rest2, correction1, correction2, epsilon;
} ck_adam;

/// The loops of one path.
typedef struct ck_kernels {
  ck_path path;

  // Products.
  void (*product_plan)(ck_product *product, long threads);
  void (*product_pack)(const ck_product *product, long panel);
  void (*product_task)(const ck_product *product, long task, long worker);

  // One output element for each input element.
  void (*add)(const float *a, const float *b, float *out, long n);
  void (*subtract)(const float *a, const float *b, float *out, long n);
  void (*multiply)(const float *a, const float *b, float *out, long n);
  void (*divide)(const float *a, const float *b, float *out, long n);
  void (*add_scaled)(const float *a, const float *b, float scale, float *out, long n);
  void (*scale)(const float *a, float scale, float *out, long n);
  void (*shift)(const float *a, float offset, float *out, long n);
  void (*clamp)(const float *a, float low, float high, float *out, long n);
  void (*sign)(const float *a, float *out, long n);
  void (*magnitude)(const float *a, float *out, long n);
  void (*square_root)(const float *a, float *out, long n);
  void (*exponential)(const float *a, float *out, long n);
  void (*logarithm)(const float *a, float *out, long n);
  void (*softplus)(const float *a, float *out, long n);
  void (*relu)(const float *a, float *out, long n);
  void (*relu_back)(const float *x, const float *dy, float *out, long n);
  void (*sigmoid)(const float *a, float *out, long n);
  void (*sigmoid_back)(const float *y, const float *dy, float *out, long n);
  void (*hyperbolic_tangent)(const float *a, float *out, long n);
  void (*hyperbolic_tangent_back)(const float *y, const float *dy, float *out, long n);
  void (*unit_range)(const uint8_t *a, float *out, long n);

  // Reductions of fixed shape.
  float (*sum)(const float *a, long n);
  float (*sum_of_squares)(const float *a, long n);
  float (*sum_of_magnitudes)(const float *a, long n);
  float (*largest_magnitude)(const float *a, long n);
  void (*column_sums)(const float *a, long rows, long stride, long columns, float *out);

  // Rows of logits.
  void (*softmax)(const float *z, long rows, long columns, float *out);
  void (*log_softmax)(const float *z, long rows, long columns, float *out);
  void (*cross_entropy)(const float *z, const int32_t *labels, long rows, long columns,
                        float weight, float *loss, float *gradient);
  void (*logistic)(const float *z, const float *signs, long rows, float weight, float *loss,
                   float *gradient);

  // Maxout.
  void (*maxout_select)(const float *z, long rows, long units, long pieces, float *y,
                        uint8_t *_Nullable winner);
  /// The rows of dw of the units begin..<end, the first of them at `dw`; for each of their pieces
  /// scratch holds 8 bytes an example and 12 more.
  void (*maxout_weights)(const ck_maxout *layer, long begin, long end, void *scratch, float *dw);
  /// All of `db`.
  void (*maxout_biases)(const ck_maxout *layer);
  /// Rows begin..<end of `dx`; for each of these rows scratch holds 8 bytes a unit and 12 more.
  void (*maxout_input)(const ck_maxout *layer, long begin, long end, void *scratch);

  // Optimisers.
  /// v ← momentum·v − rate·g; w ← w + v; a row longer than a positive cap is scaled back to it.
  void (*sgd)(float *w, float *v, const float *g, long rows, long columns, float rate,
              float momentum, float cap);
  void (*adam)(float *w, float *m, float *v, const float *g, long n, const ck_adam *step);

  // Random numbers; `first` is the index of the first element, a multiple of 128.
  void (*uniform)(uint64_t key, uint64_t first, float low, float span, float *out, long n);
  void (*normal)(uint64_t key, uint64_t first, float mean, float deviation, float *out, long n);
  void (*dropout)(uint64_t key, uint64_t first, uint32_t threshold, float scale, const float *a,
                  float *out, long n);

  /// Independent fma chains, `rounds` times; returns how many floating-point operations that was.
  double (*peak)(long rounds, float *sink);
} ck_kernels;

/// The loops of a path, or null where this processor cannot run them.
const ck_kernels *_Nullable ck_kernels_for(ck_path path);

/// Nanoseconds of a clock that never goes back, for measurements alone.
uint64_t ck_nanoseconds(void);

/// The value of an environment variable, or null.
const char *_Nullable ck_environment(const char *name);

/// Asks the system to back a large block with large pages, where it can.
void ck_prefer_large_pages(void *start, long bytes);

/// Threads that wait for work.
typedef struct ck_pool ck_pool;

/// One shard of a job; `worker` is less than the pool's threads and owned while the shard runs.
typedef void (*ck_shard)(void *context, long shard, long worker);

/// A pool of `threads`, the caller's included, or null where the system refuses them.
ck_pool *_Nullable ck_pool_create(long threads);

/// Runs every shard once and returns when all are done. While the pool is busy with another job,
/// or from inside a shard, the shards run on the calling thread.
void ck_pool_run(ck_pool *pool, long shards, ck_shard run, void *context);

/// Ends the threads; no job may be running.
void ck_pool_destroy(ck_pool *pool);

#pragma clang assume_nonnull end

#endif
