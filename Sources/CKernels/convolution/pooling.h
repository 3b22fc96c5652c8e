// Pooling: the largest of each window, the first of equals in row-major order. The place of the
// winner in its window is kept as a byte.

// Even and odd elements of 32.
INLINE vf even_elements(vf a, vf b) {
  return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}

INLINE vf odd_elements(vf a, vf b) {
  return __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}

INLINE void keep_larger(vf next, int32_t place, vf *best, vi *which) {
  vi better = next > *best;
  *best = choose(better, next, *best);
  *which = (better & (vi)(place)) | (~better & *which);
}

// Whether windows are 2 × 2 side by side and all whole, the usual case: the rows of windows of many
// planes then follow each other without a gap.
INLINE int is_halving(const ck_pooling *t) {
  return t->window == 2 && t->stride == 2 && t->height % 2 == 0 && t->width % 2 == 0;
}

// 16 windows of a row of them.
INLINE vf halve(vf a, vf b, vf c, vf d, vi *which) {
  vf best = even_elements(a, b);
  *which = 0;
  keep_larger(odd_elements(a, b), 1, &best, which);
  keep_larger(even_elements(c, d), 2, &best, which);
  keep_larger(odd_elements(c, d), 3, &best, which);
  return best;
}

// Rows of windows; where as much follows, whole vectors go over the end of a row, and the next row
// overwrites the excess.
static void halve_rows(const ck_pooling *t, long rows, const float *x, float *y, uint8_t *winner) {
  for (long i = 0; i < rows; i++, x += 2 * t->width, y += t->out_width) {
    for (long j = 0; j < t->out_width; j += LANES) {
      const float *upper = x + 2 * j, *lower = upper + t->width;
      long left = t->out_width - j, rest = 2 * left - LANES;
      vi which;
      if (left + (rows - 1 - i) * t->out_width >= 2 * LANES) {
        store(y + j, halve(load(upper), load(upper + LANES), load(lower), load(lower + LANES),
                           &which));
        left = LANES;
      } else {
        vf b = rest > 0 ? load_some(upper + LANES, rest) : (vf)(0.0f);
        vf d = rest > 0 ? load_some(lower + LANES, rest) : (vf)(0.0f);
        vf best = halve(load_some(upper, 2 * left), b, load_some(lower, 2 * left), d, &which);
        store_some(y + j, best, left);
      }
      vb bytes = __builtin_convertvector(which, vb);
      if (!winner) continue;
      if (left >= LANES) {
        memcpy(winner + j, &bytes, LANES);
      } else {
        memcpy(winner + j, &bytes, (size_t)left);
      }
    }
    if (winner) winner += t->out_width;
  }
}

static void max_pool(const ck_pooling *t, long planes, const float *x, float *y, uint8_t *winner) {
  long outputs = t->out_height * t->out_width, inputs = t->height * t->width;
  if (is_halving(t)) {
    halve_rows(t, planes * t->out_height, x, y, winner);
    return;
  }
  for (; planes > 0; planes--, x += inputs, y += outputs) {
    for (long o = 0; o < outputs; o++) {
      long top = o / t->out_width * t->stride, left = o % t->out_width * t->stride, which = 0;
      float best = x[top * t->width + left];
      for (long i = 0; i < lesser(t->window, t->height - top); i++) {
        for (long j = 0; j < lesser(t->window, t->width - left); j++) {
          float next = x[(top + i) * t->width + left + j];
          which = next > best ? i * t->window + j : which;
          best = next > best ? next : best;
        }
      }
      y[o] = best;
      if (winner) winner[o] = (uint8_t)which;
    }
    if (winner) winner += outputs;
  }
}

// One of the two rows of x of a row of windows: dy where the winner is, 0 elsewhere. With `room` whole
// vectors may go over the end of the row.
INLINE void double_row(const ck_pooling *t, const float *dy, const uint8_t *winner, int32_t place,
                       int room, float *dx) {
  for (long j = 0; j < t->out_width; j += LANES) {
    long left = room ? LANES : t->out_width - j;
    vb bytes = 0;
    if (left >= LANES) {
      memcpy(&bytes, winner + j, LANES);
    } else {
      memcpy(&bytes, winner + j, (size_t)left);
    }
    vi which = __builtin_convertvector(bytes, vi);
    vf gradient = load_some(dy + j, left) + 0.0f;  // as if added to +0
    vf even = choose(which == (vi)(place), gradient, (vf)(0.0f));
    vf odd = choose(which == (vi)(place + 1), gradient, (vf)(0.0f));
    vf low = __builtin_shufflevector(even, odd, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7,
                                     23);
    vf high = __builtin_shufflevector(even, odd, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14,
                                      30, 15, 31);
    store_some(dx + 2 * j, low, 2 * left);
    if (t->out_width - j > LANES / 2) store_some(dx + 2 * j + LANES, high, 2 * left - LANES);
  }
}

static void double_rows(const ck_pooling *t, long rows, const float *dy, const uint8_t *winner,
                        float *dx) {
  for (long i = 0; i < rows; i++, dy += t->out_width, winner += t->out_width) {
    // The rows of x that follow have at least two vectors, and those of windows one.
    int room = (rows - 1 - i) * t->out_width >= 2 * LANES;
    double_row(t, dy, winner, 0, room, dx);
    double_row(t, dy, winner, 2, room, dx + t->width);
    dx += 2 * t->width;
  }
}

static void max_pool_back(const ck_pooling *t, long planes, const float *dy, const uint8_t *winner,
                          float *dx) {
  long outputs = t->out_height * t->out_width, inputs = t->height * t->width;
  if (is_halving(t)) {
    double_rows(t, planes * t->out_height, dy, winner, dx);
    return;
  }
  for (; planes > 0; planes--, dy += outputs, winner += outputs, dx += inputs) {
    memset(dx, 0, (size_t)inputs * sizeof(float));
    for (long o = 0; o < outputs; o++) {
      long top = o / t->out_width * t->stride, left = o % t->out_width * t->stride;
      dx[(top + winner[o] / t->window) * t->width + left + winner[o] % t->window] += dy[o];
    }
  }
}

static void spread(const float *dy, const uint8_t *winner, long rows, long pieces, long n,
                   float *dx) {
  for (; rows > 0; rows--, dy += n, winner += n, dx += pieces * n) {
    for (long j = 0; j < n; j += LANES) {
      long left = n - j;
      vb bytes = 0;
      memcpy(&bytes, winner + j, (size_t)lesser(left, LANES));
      vi which = __builtin_convertvector(bytes, vi);
      vf gradient = load_some(dy + j, left);
      for (long p = 0; p < pieces; p++) {
        store_some(dx + p * n + j, choose(which == (vi)((int32_t)p), gradient, (vf)(0.0f)), left);
      }
    }
  }
}
