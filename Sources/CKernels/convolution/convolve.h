// Forward: y[o, p] is the chain b[o] + Σ w[o, c, ky, kx] · x[c, …] in the order (c, ky, kx), where an
// input in the padding is a factor of +0 like any other.

// Floats of shifted copies that a band may fill, so that they stay in the second-level cache.
enum { BAND_FLOATS = 96 * 1024 };

INLINE long convolution_depth(const ck_convolution *t) {
  return t->channels * t->kernel * t->kernel;
}

static void forward_plan(ck_convolution *t) {
  long rows = t->out_height;
  while (rows > 1 && t->channels * copy_floats(t, rows) > BAND_FLOATS) rows = (rows + 1) / 2;
  t->bands = ceiling(t->out_height, rows);
  t->band_rows = ceiling(t->out_height, t->bands);
  t->bands = ceiling(t->out_height, t->band_rows);
  t->forward_floats = whole_vectors(convolution_depth(t) + STEPS_AHEAD) +
                      whole_vectors(padded_floats(t, t->band_rows)) +
                      t->channels * copy_floats(t, t->band_rows) + 4 * LANES;
}

static void pack_forward(const ck_convolution *t, const float *w) {
  long depth = convolution_depth(t), panels = tile_panels(t->outputs);
  for (long panel = 0; panel < panels; panel++) {
    long row = cut(t->outputs, panels, panel), end = cut(t->outputs, panels, panel + 1);
    float *out = t->packed + row * depth;
    for (long i = row; i < end; i++) {
      for (long p = 0; p < depth; p++) out[p * (end - row) + i - row] = w[i * depth + p];
    }
  }
}

// Offsets of the kernel's elements among the copies of all channels, and some to prefetch.
INLINE void fill_offsets(const ck_convolution *t, long rows, int32_t *offsets) {
  for (long c = 0; c < t->channels; c++) {
    for (long ky = 0; ky < t->kernel; ky++) {
      for (long kx = 0; kx < t->kernel; kx++) {
        *offsets++ = (int32_t)(c * copy_floats(t, rows) + copy_offset(t, rows, ky, kx));
      }
    }
  }
  memset(offsets, 0, STEPS_AHEAD * sizeof(int32_t));
}

static void convolve(const ck_convolution *t, long task, float *scratch) {
  enum { COLUMNS = TILE_VECTORS * LANES };
  long image = task / t->bands, first = task % t->bands * t->band_rows;
  long rows = lesser(t->band_rows, t->out_height - first), depth = convolution_depth(t);
  long all = t->out_height * t->out_width, pixels = rows * t->out_width;
  int32_t *offsets = (int32_t *)scratch;
  float *padded = scratch + whole_vectors(depth + STEPS_AHEAD);
  float *copies = padded + whole_vectors(padded_floats(t, t->band_rows));
  fill_offsets(t, rows, offsets);
  for (long c = 0; c < t->channels; c++) {
    copy_channel(t, image, c, first, rows, padded, copies + c * copy_floats(t, rows));
  }
  float *y = t->y + image * t->outputs * all + first * t->out_width;
  for (long p = 0; p < pixels; p += COLUMNS) {
    tile_column(t->outputs, lesser(COLUMNS, pixels - p), depth, t->packed, copies + p, offsets,
                t->b, y + p, all);
  }
}
