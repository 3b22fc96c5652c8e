// Optimiser steps: one pass over weights, state and gradient.

static void sgd(float *w, float *v, const float *g, long rows, long columns, float rate,
                float momentum, float cap) {
  for (long i = 0; i < rows; i++, w += columns, v += columns, g += columns) {
    vf squares = 0.0f;
    for (long j = 0; j < columns; j += LANES) {
      long left = columns - j;
      vf velocity = fma16(load_some(v + j, left), (vf)(momentum), -(load_some(g + j, left) * rate));
      vf weight = load_some(w + j, left) + velocity;
      store_some(v + j, velocity, left);
      store_some(w + j, weight, left);
      squares = fma16(weight, weight, squares);
    }
    if (cap > 0.0f) {
      float norm = __builtin_sqrtf(sum_lanes(squares));
      if (norm > cap) scale(w, cap / norm, w, columns);
    }
  }
}

static void adam(float *w, float *m, float *v, const float *g, long n, const ck_adam *step) {
  for (long j = 0; j < n; j += LANES) {
    long left = n - j;
    vf gradient = load_some(g + j, left);
    vf first = fma16(load_some(m + j, left), (vf)(step->beta1), gradient * step->rest1);
    vf second =
        fma16(load_some(v + j, left), (vf)(step->beta2), (gradient * gradient) * step->rest2);
    store_some(m + j, first, left);
    store_some(v + j, second, left);
    vf root = __builtin_elementwise_sqrt(second * step->correction2) + step->epsilon;
    vf move = ((first * step->correction1) / root) * step->rate;
    store_some(w + j, load_some(w + j, left) - move, left);
  }
}
