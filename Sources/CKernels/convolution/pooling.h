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

// Whether windows are 2 × 2 side by side and all whole, the usual case. Rows then follow each other
// without gaps, so that a run of rows is one long row of pairs where a row's width is even.
INLINE int is_halving(const ck_pooling *t) {
  return t->window == 2 && t->stride == 2 && t->height % 2 == 0 && t->width % 2 == 0;
}

static void halve_plane(const ck_pooling *t, const float *x, float *y, uint8_t *winner) {
  for (long i = 0; i < t->out_height; i++) {
    const float *upper = x + 2 * i * t->width, *lower = upper + t->width;
    for (long j = 0; j < t->out_width; j += LANES) {
      long left = t->out_width - j, rest = 2 * left - LANES;
      vf a = load_some(upper + 2 * j, 2 * left), c = load_some(lower + 2 * j, 2 * left);
      vf b = rest > 0 ? load_some(upper + 2 * j + LANES, rest) : (vf)(0.0f);
      vf d = rest > 0 ? load_some(lower + 2 * j + LANES, rest) : (vf)(0.0f);
      vf best = even_elements(a, b);
      vi which = 0;
      keep_larger(odd_elements(a, b), 1, &best, &which);
      keep_larger(even_elements(c, d), 2, &best, &which);
      keep_larger(odd_elements(c, d), 3, &best, &which);
      store_some(y + i * t->out_width + j, best, left);
      if (winner) {
        vb bytes = __builtin_convertvector(which, vb);
        memcpy(winner + i * t->out_width + j, &bytes, (size_t)lesser(left, LANES));
      }
    }
  }
}

static void max_pool(const ck_pooling *t, long planes, const float *x, float *y, uint8_t *winner) {
  long outputs = t->out_height * t->out_width, inputs = t->height * t->width;
  for (; planes > 0; planes--, x += inputs, y += outputs) {
    if (is_halving(t)) {
      halve_plane(t, x, y, winner);
    } else {
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
    }
    if (winner) winner += outputs;
  }
}

// The even and odd places of a row of windows: dy where the winner is at `place`, else 0.
INLINE void spread_row(vf dy, vi which, int32_t place, float *dx, long left) {
  vf even = choose(which == (vi)(place), dy, (vf)(0.0f));
  vf odd = choose(which == (vi)(place + 1), dy, (vf)(0.0f));
  store_some(dx,
             __builtin_shufflevector(even, odd, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7,
                                     23),
             left);
  if (left > LANES) {
    store_some(dx + LANES,
               __builtin_shufflevector(even, odd, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14,
                                       30, 15, 31),
               left - LANES);
  }
}

INLINE void double_plane(const ck_pooling *t, const float *dy, const uint8_t *winner, float *dx) {
  for (long i = 0; i < t->out_height; i++) {
    float *upper = dx + 2 * i * t->width, *lower = upper + t->width;
    for (long j = 0; j < t->out_width; j += LANES) {
      long left = t->out_width - j;
      vb bytes = 0;
      memcpy(&bytes, winner + i * t->out_width + j, (size_t)lesser(left, LANES));
      vi which = __builtin_convertvector(bytes, vi);
      vf gradient = load_some(dy + i * t->out_width + j, left) + 0.0f;  // as if added to +0
      spread_row(gradient, which, 0, upper + 2 * j, 2 * left);
      spread_row(gradient, which, 2, lower + 2 * j, 2 * left);
    }
  }
}

static void max_pool_back(const ck_pooling *t, long planes, const float *dy, const uint8_t *winner,
                          float *dx) {
  long outputs = t->out_height * t->out_width, inputs = t->height * t->width;
  for (; planes > 0; planes--, dy += outputs, winner += outputs, dx += inputs) {
    if (is_halving(t)) {
      double_plane(t, dy, winner, dx);
      continue;
    }
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
