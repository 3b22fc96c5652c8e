// The way to the input. First d[c, ky, kx][p], the chain Σ w[o, c, ky, kx] · dy[o, p] over the
// outputs from +0; then each input adds up what lies over it: for each kx a sum over ky from +0, and
// from +0 the sum of these over kx, both in order. Only what exists is added: a sum that starts from
// +0 never becomes −0, so it could as well be added as zeros. A few channels at a time, so that d
// stays in the cache.

// Rows of d that are enough to fill tiles.
enum { BACK_ROWS = 2 * TILE_ROWS };

static void input_plan(ck_convolution *t) {
  long area = t->kernel * t->kernel, pixels = t->out_height * t->out_width;
  t->back_channels = lesser(t->channels, greater(1, BACK_ROWS / area));
  t->input_floats = whole_vectors(t->outputs + STEPS_AHEAD) + t->outputs * pixels +
                    t->back_channels * area * whole_vectors(pixels) +
                    copy_floats(t, t->out_height) + padded_floats(t, t->out_height) + 8 * LANES;
}

// Groups of back_channels, each in panels of its rows: element (o, row) of a panel of r rows is at
// o·r + row.
static void pack_input(const ck_convolution *t, const float *w) {
  long area = t->kernel * t->kernel, depth = t->channels * area;
  for (long c = 0; c < t->channels; c += t->back_channels) {
    long rows = lesser(t->back_channels, t->channels - c) * area, panels = tile_panels(rows);
    for (long panel = 0; panel < panels; panel++) {
      long row = cut(rows, panels, panel), own = cut(rows, panels, panel + 1) - row;
      float *out = t->packed + (c * area + row) * t->outputs;
      for (long o = 0; o < t->outputs; o++, out += own) {
        memcpy(out, w + o * depth + c * area + row, (size_t)own * sizeof(float));
      }
    }
  }
}

// Σ over ky for each kx: `sums` has the layout of one channel's shifted copies.
INLINE void add_rows(const ck_convolution *t, const float *d, long pitch, float *sums) {
  long pixels = t->out_height * t->out_width;
  memset(sums, 0, (size_t)(copy_floats(t, t->out_height) + LANES) * sizeof(float));
  for (long kx = 0; kx < t->kernel; kx++) {
    for (long ky = 0; ky < t->kernel; ky++) {
      const float *from = d + (ky * t->kernel + kx) * pitch;
      float *to = sums + copy_offset(t, t->out_height, ky, kx);
      long p = 0;
      for (; p + LANES <= pixels; p += LANES) store(to + p, load(to + p) + load(from + p));
      if (p < pixels) store(to + p, load(to + p) + first_lanes(load(from + p), pixels - p));
    }
  }
}

// Σ over kx into the padded plane, and its middle into dx.
INLINE void add_columns(const ck_convolution *t, const float *sums, float *padded, float *dx) {
  long wide = t->width + 2 * t->padding, width = t->out_width;
  memset(padded, 0, (size_t)padded_floats(t, t->out_height) * sizeof(float));
  for (long kx = 0; kx < t->kernel; kx++) {
    for (long remainder = 0; remainder < remainders(t); remainder++) {
      for (long i = 0; i < copy_rows(t, t->out_height); i++, sums += width) {
        float *to = padded + (i * t->stride + remainder) * wide + kx;
        if (t->stride > 1) {
          for (long x = 0; x < width; x++) to[x * t->stride] += sums[x];
          continue;
        }
        long x = 0;
        for (; x + LANES <= width; x += LANES) store(to + x, load(to + x) + load(sums + x));
        if (x < width) store(to + x, load(to + x) + first_lanes(load(sums + x), width - x));
      }
    }
  }
  for (long i = 0; i < t->height; i++) {
    memcpy(dx + i * t->width, padded + (i + t->padding) * wide + t->padding,
           (size_t)t->width * sizeof(float));
  }
}

static void convolve_input(const ck_convolution *t, long image, float *scratch) {
  enum { COLUMNS = TILE_VECTORS * LANES };
  long area = t->kernel * t->kernel, pixels = t->out_height * t->out_width;
  long pitch = whole_vectors(pixels);
  int32_t *offsets = (int32_t *)scratch;
  float *copy = scratch + whole_vectors(t->outputs + STEPS_AHEAD);
  float *d = copy + whole_vectors(t->outputs * pixels + LANES);
  float *sums = d + t->back_channels * area * pitch;
  float *padded = sums + whole_vectors(copy_floats(t, t->out_height) + LANES);
  for (long o = 0; o < t->outputs; o++) offsets[o] = (int32_t)(o * pixels);
  memset(offsets + t->outputs, 0, STEPS_AHEAD * sizeof(int32_t));
  const float *dy = t->dy + image * t->outputs * pixels;
  if (pixels < pitch && (t->images - 1 - image) * t->outputs * pixels < LANES) {
    // Whole vectors are read over the ends of channels: here they would leave the batch.
    memcpy(copy, dy, (size_t)(t->outputs * pixels) * sizeof(float));
    dy = copy;
  }
  for (long c = 0; c < t->channels; c += t->back_channels) {
    long group = lesser(t->back_channels, t->channels - c);
    const float *packed = t->packed + c * area * t->outputs;
    for (long p = 0; p < pixels; p += COLUMNS) {
      tile_column(group * area, lesser(COLUMNS, pixels - p), t->outputs, packed, dy + p, offsets,
                  (const float *)0, d + p, pitch, 1);
    }
    for (long i = 0; i < group; i++) {
      add_rows(t, d + i * area * pitch, pitch, sums);
      add_columns(t, sums, padded,
                  t->dx + (image * t->channels + c + i) * t->height * t->width);
    }
  }
}
