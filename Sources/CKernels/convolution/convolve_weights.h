// The gradient of the weights. Images go in chunks of `chunk_images`. Within a chunk an element has
// 16 running lanes: pixel p of each image, in order, adds dy[p]·x to lane p mod 16, and the pixels
// are filled up with zeros to whole vectors. The lanes end in the tree of `sum_lanes`, and the chunks
// are added in order. So the vectors run along the pixels, which is how both factors lie in memory.
// Kernel elements are taken column by column: neighbours in a column read the same rows of a copy.

// Floats of shifted copies of a chunk that are made at once.
enum { CHUNK_FLOATS = 64 * 1024 };

INLINE long chunk_channels(const ck_convolution *t) {
  long one = greater(1, lesser(t->chunk_images, t->images)) * copy_floats(t, t->out_height);
  return lesser(t->channels, greater(1, CHUNK_FLOATS / one));
}

static void weights_plan(ck_convolution *t) {
  long channels = chunk_channels(t), chunk = lesser(t->chunk_images, t->images);
  t->weights_floats = 2 * whole_vectors(channels * t->kernel * t->kernel) +
                      whole_vectors(padded_floats(t, t->out_height)) +
                      chunk * t->outputs * LANES +
                      chunk * whole_vectors(channels * copy_floats(t, t->out_height)) + 4 * LANES;
}

// What a block of dot products reads: `dy` and `copies` of the first image, and steps to the next.
typedef struct dot_source {
  const float *dy, *tails, *copies;
  long images, pixels, dy_step, tail_step, copy_step;
} dot_source;

// Lanes of rows × columns dot products over all pixels of all images of a chunk.
INLINE void dots(const int rows, const int columns, const dot_source *s, const int32_t *offsets,
                 vf *out) {
  vf sum[DOT_ROWS][DOT_COLUMNS];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (int j = 0; j < columns; j++) sum[i][j] = (vf)(0.0f);
  }
  long whole = s->pixels / LANES * LANES;
  for (long image = 0; image < s->images; image++) {
    const float *dy = s->dy + image * s->dy_step;
    const float *x[DOT_COLUMNS];
#pragma clang loop unroll(full)
    for (int j = 0; j < columns; j++) x[j] = s->copies + image * s->copy_step + offsets[j];
    for (long p = 0; p < whole; p += LANES) {
      vf inputs[DOT_COLUMNS];
#pragma clang loop unroll(full)
      for (int j = 0; j < columns; j++) inputs[j] = load(x[j] + p);
#pragma clang loop unroll(full)
      for (int i = 0; i < rows; i++) {
        vf gradient = load(dy + i * s->pixels + p);
#pragma clang loop unroll(full)
        for (int j = 0; j < columns; j++) sum[i][j] = fma16(gradient, inputs[j], sum[i][j]);
      }
    }
    if (whole < s->pixels) {
      const float *tail = s->tails + image * s->tail_step;
#pragma clang loop unroll(full)
      for (int j = 0; j < columns; j++) {
        vf inputs = first_lanes(load(x[j] + whole), s->pixels - whole);
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
          sum[i][j] = fma16(load(tail + i * LANES), inputs, sum[i][j]);
        }
      }
    }
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (int j = 0; j < columns; j++) out[i * columns + j] = sum[i][j];
  }
}

typedef void (*dots_function)(const dot_source *source, const int32_t *offsets, vf *out);

#define DOTS(rows, columns)                                                              \
  static void dots_##rows##_##columns(const dot_source *source, const int32_t *offsets,  \
                                      vf *out) {                                         \
    dots(rows, columns, source, offsets, out);                                           \
  }
#if DOT_ROWS == 5
#define DOTS_ROW(r) DOTS(r, 1) DOTS(r, 2) DOTS(r, 3) DOTS(r, 4) DOTS(r, 5)
#define DOTS_LIST(r) {dots_##r##_1, dots_##r##_2, dots_##r##_3, dots_##r##_4, dots_##r##_5}
DOTS_ROW(1) DOTS_ROW(2) DOTS_ROW(3) DOTS_ROW(4) DOTS_ROW(5)
static const dots_function dots_of[DOT_ROWS][DOT_COLUMNS] = {
    DOTS_LIST(1), DOTS_LIST(2), DOTS_LIST(3), DOTS_LIST(4), DOTS_LIST(5)};
#else
#define DOTS_ROW(r) DOTS(r, 1) DOTS(r, 2) DOTS(r, 3)
#define DOTS_LIST(r) {dots_##r##_1, dots_##r##_2, dots_##r##_3}
DOTS_ROW(1) DOTS_ROW(2)
static const dots_function dots_of[DOT_ROWS][DOT_COLUMNS] = {DOTS_LIST(1), DOTS_LIST(2)};
#endif

// The sums of the lanes of 16 vectors, each by the tree of `sum_lanes`: pairs of vectors lay their
// halves side by side and add, four times; that leaves the sums in bit-reversed order.
INLINE vf sum_lanes_of_16(vf v[LANES]) {
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) {
    vf a = v[i], b = v[i + 8];
    v[i] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23) +
           __builtin_shufflevector(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30,
                                   31);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) {
    vf a = v[i], b = v[i + 4];
    v[i] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27) +
           __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30,
                                   31);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 2; i++) {
    vf a = v[i], b = v[i + 2];
    v[i] = __builtin_shufflevector(a, b, 0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29) +
           __builtin_shufflevector(a, b, 2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23, 26, 27, 30,
                                   31);
  }
  vf a = v[0], b = v[1];
  vf sums =
      __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30) +
      __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
  return __builtin_shufflevector(sums, sums, 0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15);
}

// One block of dw: `rows` outputs and `columns` kernel elements at their places, set or added to.
INLINE void dot_block(const dot_source *source, long rows, long columns, const int32_t *offsets,
                      const int32_t *places, int is_first, float *to, long stride) {
  enum { ALL = (DOT_ROWS * DOT_COLUMNS + LANES - 1) / LANES * LANES };
  vf lanes[ALL];
  float sums[ALL];
  dots_of[rows - 1][columns - 1](source, offsets, lanes);
  long count = rows * columns;
  for (long i = count; i < whole_vectors(count); i++) lanes[i] = (vf)(0.0f);
  for (long i = 0; i < count; i += LANES) store(sums + i, sum_lanes_of_16(lanes + i));
  for (long i = 0; i < rows; i++) {
    for (long j = 0; j < columns; j++) {
      float *element = to + i * stride + places[j];
      *element = is_first ? sums[i * columns + j] : *element + sums[i * columns + j];
    }
  }
}

// db of a chunk: like dw with 1 in the place of x.
INLINE void bias_chunk(const ck_convolution *t, const dot_source *s, int is_first, float *db) {
  for (long o = 0; o < t->outputs; o++) {
    vf total = 0.0f;
    for (long image = 0; image < s->images; image++) {
      const float *dy = s->dy + image * s->dy_step + o * s->pixels;
      long p = 0;
      for (; p + LANES <= s->pixels; p += LANES) total = total + load(dy + p);
      if (p < s->pixels) total = total + load_some(dy + p, s->pixels - p);
    }
    float sum = sum_lanes(total);
    db[o] = is_first ? sum : db[o] + sum;
  }
}

// Where the kernel elements of some channels are among the copies, and where in dw.
INLINE void fill_places(const ck_convolution *t, long channels, int32_t *offsets, int32_t *places) {
  for (long c = 0; c < channels; c++) {
    for (long kx = 0; kx < t->kernel; kx++) {
      for (long ky = 0; ky < t->kernel; ky++) {
        *offsets++ = (int32_t)(c * copy_floats(t, t->out_height) +
                               copy_offset(t, t->out_height, ky, kx));
        *places++ = (int32_t)((c * t->kernel + ky) * t->kernel + kx);
      }
    }
  }
}

static void convolve_weights(const ck_convolution *t, long begin, long end, float *scratch,
                             float *dw, float *db) {
  long area = t->kernel * t->kernel, channels = chunk_channels(t), rows = t->out_height;
  long own = channels * copy_floats(t, rows), chunk = lesser(t->chunk_images, t->images);
  int32_t *offsets = (int32_t *)scratch, *places = offsets + whole_vectors(channels * area);
  float *padded = scratch + 2 * whole_vectors(channels * area);
  float *tails = padded + whole_vectors(padded_floats(t, rows));
  float *copies = tails + chunk * t->outputs * LANES;
  dot_source whole = {.tails = tails,
                      .copies = copies,
                      .pixels = rows * t->out_width,
                      .tail_step = t->outputs * LANES,
                      .copy_step = whole_vectors(own)};
  whole.dy_step = t->outputs * whole.pixels;
  fill_places(t, channels, offsets, places);
  for (long image = begin; image < end; image += t->chunk_images) {
    int is_first = image == begin;
    long past = whole.pixels / LANES * LANES;
    whole.dy = t->dy + image * whole.dy_step;
    whole.images = lesser(t->chunk_images, end - image);
    for (long i = 0; past < whole.pixels && i < whole.images * t->outputs; i++) {
      store(tails + i * LANES, load_some(whole.dy + i * whole.pixels + past, whole.pixels - past));
    }
    for (long c = 0; c < t->channels; c += channels) {
      long group = lesser(channels, t->channels - c);
      for (long i = 0; i < whole.images; i++) {
        for (long j = 0; j < group; j++) {
          copy_channel(t, image + i, c + j, 0, rows, padded,
                       copies + i * whole.copy_step + j * copy_floats(t, rows));
        }
      }
      for (long o = 0; o < t->outputs; o += DOT_ROWS) {
        dot_source source = whole;
        source.dy += o * whole.pixels;
        source.tails += o * LANES;
        float *to = dw + o * t->channels * area + c * area;
        for (long k = 0; k < group * area; k += DOT_COLUMNS) {
          long outputs = lesser(DOT_ROWS, t->outputs - o);
          long elements = lesser(DOT_COLUMNS, group * area - k);
          dot_block(&source, outputs, elements, offsets + k, places + k, is_first, to,
                    t->channels * area);
        }
      }
    }
    bias_chunk(t, &whole, is_first, db);
  }
}
