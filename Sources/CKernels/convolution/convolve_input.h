// The way to the input. First d[c, ky, kx][p], the chain Σ w[o, c, ky, kx] · dy[o, p] over the
// outputs from +0; then each input adds up what lies over it: for each kx a sum over ky from +0, and
// from +0 the sum of these over kx, both in order. Only what exists is added: a sum that starts from
// +0 never becomes −0, so it could as well be added as zeros. A few channels at a time, so that d
// stays in the cache.

// Rows of d that are enough to fill tiles.
enum { BACK_ROWS = 2 * TILE_ROWS };

// Zeros before and after each row of d, so that rows beyond an edge can be read like any other.
INLINE long fold_margin(const ck_convolution *t) {
  return whole_vectors((t->kernel - 1) * t->out_width + t->kernel + 2 * LANES);
}

INLINE long fold_pitch(const ck_convolution *t) {
  return whole_vectors(t->out_height * t->out_width) + fold_margin(t);
}

static void input_plan(ck_convolution *t) {
  long area = t->kernel * t->kernel, pixels = t->out_height * t->out_width;
  t->back_channels = lesser(t->channels, greater(1, BACK_ROWS / area));
  t->input_floats = whole_vectors(t->outputs + STEPS_AHEAD) + whole_vectors(t->outputs * pixels) +
                    LANES + fold_margin(t) + t->back_channels * area * fold_pitch(t);
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

// One channel of dx by whole vectors along its rows, for stride 1. A vector is stored over the end of
// its row where more than that of the image is left to write.
INLINE void fold_vectors(const ck_convolution *t, const float *d, long after, float *dx) {
  const vi lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  long pitch = fold_pitch(t), width = t->out_width;
  for (long i = 0; i < t->height; i++, dx += t->width) {
    long rest = (t->height - i) * t->width + after;
    for (long j = 0; j < t->width; j += LANES) {
      vf total = 0.0f;
      for (long kx = 0; kx < t->kernel; kx++) {
        long x = j + t->padding - kx;
        const float *from = d + kx * pitch + (i + t->padding) * width + x;
        vf sum = 0.0f;
        for (long ky = 0; ky < t->kernel; ky++, from += t->kernel * pitch - width) {
          sum = sum + load(from);
        }
        vi inside = (vu)(lane + (vi)((int32_t)x)) < (vu)((uint32_t)width);
        total = total + choose(inside, sum, (vf)(0.0f));
      }
      store_some(dx + j, total, rest - j);
    }
  }
}

// One channel of dx for any stride, element by element.
static void fold_elements(const ck_convolution *t, const float *d, float *dx) {
  long pitch = fold_pitch(t);
  for (long i = 0; i < t->height; i++) {
    for (long j = 0; j < t->width; j++) {
      float total = 0.0f;
      for (long kx = (j + t->padding) % t->stride; kx < t->kernel; kx += t->stride) {
        long x = j + t->padding - kx;
        float sum = 0.0f;
        for (long ky = (i + t->padding) % t->stride; ky < t->kernel; ky += t->stride) {
          long y = i + t->padding - ky;
          if (x < 0 || x >= t->out_width * t->stride || y < 0 || y >= t->out_height * t->stride) {
            continue;
          }
          long pixel = y / t->stride * t->out_width + x / t->stride;
          sum = sum + d[(ky * t->kernel + kx) * pitch + pixel];
        }
        total = total + sum;
      }
      *dx++ = total;
    }
  }
}

static void convolve_input(const ck_convolution *t, long image, float *scratch) {
  enum { COLUMNS = TILE_VECTORS * LANES };
  long area = t->kernel * t->kernel, pixels = t->out_height * t->out_width;
  long pitch = fold_pitch(t), margin = fold_margin(t), plane = t->height * t->width;
  int32_t *offsets = (int32_t *)scratch;
  float *copy = scratch + whole_vectors(t->outputs + STEPS_AHEAD);
  float *d = copy + whole_vectors(t->outputs * pixels) + LANES + margin;
  for (long o = 0; o < t->outputs; o++) offsets[o] = (int32_t)(o * pixels);
  memset(offsets + t->outputs, 0, STEPS_AHEAD * sizeof(int32_t));
  const float *dy = t->dy + image * t->outputs * pixels;
  if (pixels % LANES > 0 && (t->images - 1 - image) * t->outputs * pixels < LANES) {
    // Whole vectors are read over the ends of channels: here they would leave the batch.
    memcpy(copy, dy, (size_t)(t->outputs * pixels) * sizeof(float));
    dy = copy;
  }
  memset(d - margin, 0, (size_t)margin * sizeof(float));
  for (long row = 0; row < t->back_channels * area; row++) {
    memset(d + row * pitch + pixels, 0, (size_t)(pitch - pixels) * sizeof(float));
  }
  for (long c = 0; c < t->channels; c += t->back_channels) {
    long group = lesser(t->back_channels, t->channels - c);
    const float *packed = t->packed + c * area * t->outputs;
    for (long p = 0; p < pixels; p += COLUMNS) {
      tile_column(group * area, lesser(COLUMNS, pixels - p), t->outputs, packed, dy + p, offsets,
                  (const float *)0, d + p, pitch);
    }
    for (long i = 0; i < group; i++) {
      float *dx = t->dx + (image * t->channels + c + i) * plane;
      if (t->stride == 1) {
        fold_vectors(t, d + i * area * pitch, (t->channels - 1 - c - i) * plane, dx);
      } else {
        fold_elements(t, d + i * area * pitch, dx);
      }
    }
  }
}
