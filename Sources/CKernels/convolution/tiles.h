// Steps of a chain from a prefetch to its use.
enum { STEPS_AHEAD = 8 };

// A block of rows × 16·vectors of a product: each element one fma chain from `start[row]` or +0.
// Step p of the chain takes the weights a[p·rows + row] and the vectors at source + offsets[p]; past
// the last there are more offsets, of which only the places are touched.
INLINE void tile(const int rows, const int vectors, long depth, const float *a,
                 const float *source, const int32_t *offsets, const float *start, float *c,
                 long stride) {
  vf sum[TILE_ROWS][TILE_VECTORS];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) sum[i][v] = (vf)(start ? start[i] : 0.0f);
  }
  for (long p = 0; p < depth; p++) {
    const float *b = source + offsets[p], *later = source + offsets[p + STEPS_AHEAD];
    vf columns[TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      columns[v] = load(b + v * LANES);
      __builtin_prefetch(later + v * LANES);
    }
    __builtin_prefetch(a + STEPS_AHEAD * rows);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      vf row = (vf)(a[i]);
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) sum[i][v] = fma16(row, columns[v], sum[i][v]);
    }
    a += rows;
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) store(c + i * stride + v * LANES, sum[i][v]);
  }
}

typedef void (*tile_function)(long depth, const float *a, const float *source,
                              const int32_t *offsets, const float *start, float *c, long stride);

#define TILE(rows, vectors)                                                                     \
  static void tile_##rows##_##vectors(long depth, const float *a, const float *source,          \
                                      const int32_t *offsets, const float *start, float *c,     \
                                      long stride) {                                            \
    tile(rows, vectors, depth, a, source, offsets, start, c, stride);                           \
  }
#define TILES_UP_TO_6(v) TILE(1, v) TILE(2, v) TILE(3, v) TILE(4, v) TILE(5, v) TILE(6, v)
#define TILES_UP_TO_14(v)                                                                  \
  TILES_UP_TO_6(v) TILE(7, v) TILE(8, v) TILE(9, v) TILE(10, v) TILE(11, v) TILE(12, v)    \
  TILE(13, v) TILE(14, v)
#define TILE_LIST_UP_TO_6(v) tile_1_##v, tile_2_##v, tile_3_##v, tile_4_##v, tile_5_##v, tile_6_##v
#define TILE_LIST_UP_TO_14(v)                                                             \
  TILE_LIST_UP_TO_6(v), tile_7_##v, tile_8_##v, tile_9_##v, tile_10_##v, tile_11_##v,     \
      tile_12_##v, tile_13_##v, tile_14_##v

#if TILE_VECTORS == 2
TILES_UP_TO_14(1)
TILES_UP_TO_14(2)
static const tile_function tile_of[2][TILE_ROWS] = {{TILE_LIST_UP_TO_14(1)},
                                                    {TILE_LIST_UP_TO_14(2)}};
#else
TILES_UP_TO_6(1)
static const tile_function tile_of[1][TILE_ROWS] = {{TILE_LIST_UP_TO_6(1)}};
#endif

// Panels of at most TILE_ROWS rows that `rows` rows make.
INLINE long tile_panels(long rows) { return ceiling(rows, TILE_ROWS); }

// All `rows` rows of `packed` (panels one after the other) for `columns` ≤ 16·TILE_VECTORS columns.
INLINE void tile_column(long rows, long columns, long depth, const float *packed,
                        const float *source, const int32_t *offsets, const float *start, float *c,
                        long stride) {
  long vectors = ceiling(columns, LANES), panels = tile_panels(rows);
  for (long panel = 0; panel < panels; panel++) {
    long row = cut(rows, panels, panel), own = cut(rows, panels, panel + 1) - row;
    const float *own_start = start ? start + row : (const float *)0;
    tile_function run = tile_of[vectors - 1][own - 1];
    if (columns == vectors * LANES) {
      run(depth, packed + row * depth, source, offsets, own_start, c + row * stride, stride);
      continue;
    }
    // A tile that hangs over the edge goes through a copy.
    float copy[TILE_ROWS * TILE_VECTORS * LANES];
    run(depth, packed + row * depth, source, offsets, own_start, copy, TILE_VECTORS * LANES);
    for (long i = 0; i < own; i++) {
      memcpy(c + (row + i) * stride, copy + i * TILE_VECTORS * LANES,
             (size_t)columns * sizeof(float));
    }
  }
}
