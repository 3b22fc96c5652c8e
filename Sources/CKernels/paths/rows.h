// Reductions: 16 running lanes, element i in lane i mod 16, then the fixed tree of `sum_lanes`.

static float sum(const float *a, long n) {
  vf total = 0.0f;
  for (long i = 0; i < n; i += LANES) total = total + load_some(a + i, n - i);
  return sum_lanes(total);
}

static float sum_of_squares(const float *a, long n) {
  vf total = 0.0f;
  for (long i = 0; i < n; i += LANES) {
    vf x = load_some(a + i, n - i);
    total = fma16(x, x, total);
  }
  return sum_lanes(total);
}

static float sum_of_magnitudes(const float *a, long n) {
  vf total = 0.0f;
  for (long i = 0; i < n; i += LANES) total = total + magnitude16(load_some(a + i, n - i));
  return sum_lanes(total);
}

static float largest_magnitude(const float *a, long n) {
  vf best = 0.0f;
  for (long i = 0; i < n; i += LANES) best = larger(magnitude16(load_some(a + i, n - i)), best);
  return largest_lane(best);
}

// Each column is one chain of additions in row order.
static void column_sums(const float *a, long rows, long stride, long columns, float *out) {
  for (long j = 0; j < columns; j += LANES) {
    vf total = 0.0f;
    for (long i = 0; i < rows; i++) total = total + load_some(a + i * stride + j, columns - j);
    store_some(out + j, total, columns - j);
  }
}

INLINE float largest_of(const float *z, long n) {
  float best = z[0];
  for (long j = 1; j < n; j++) best = z[j] > best ? z[j] : best;
  return best;
}

// Writes e^(z − largest) and returns the sum of it.
INLINE float exponentials(const float *z, float largest, long n, float *out) {
  vf total = 0.0f;
  for (long j = 0; j < n; j += LANES) {
    vf e = exp16(load_some(z + j, n - j) - largest);
    store_some(out + j, e, n - j);
    total = total + load_some(out + j, n - j);
  }
  return sum_lanes(total);
}

static void softmax(const float *z, long rows, long columns, float *out) {
  for (long i = 0; i < rows; i++, z += columns, out += columns) {
    float total = exponentials(z, largest_of(z, columns), columns, out);
    for (long j = 0; j < columns; j++) out[j] = out[j] / total;
  }
}

static void log_softmax(const float *z, long rows, long columns, float *out) {
  for (long i = 0; i < rows; i++, z += columns, out += columns) {
    float largest = largest_of(z, columns);
    float total = exponentials(z, largest, columns, out);
    float log_total = log16((vf)(total))[0];
    for (long j = 0; j < columns; j++) out[j] = (z[j] - largest) - log_total;
  }
}

static void cross_entropy(const float *z, const int32_t *labels, long rows, long columns,
                          float weight, float *loss, float *gradient) {
  for (long i = 0; i < rows; i++, z += columns, gradient += columns) {
    float largest = largest_of(z, columns);
    float total = exponentials(z, largest, columns, gradient);
    loss[i] = log16((vf)(total))[0] - (z[labels[i]] - largest);
    for (long j = 0; j < columns; j++) {
      float share = gradient[j] / total;
      gradient[j] = (j == labels[i] ? share - 1.0f : share) * weight;
    }
  }
}

static void logistic(const float *z, const float *signs, long rows, float weight, float *loss,
                     float *gradient) {
  for (long i = 0; i < rows; i += LANES) {
    vf y = load_some(signs + i, rows - i);
    vf against = -(y * load_some(z + i, rows - i));
    store_some(loss + i, softplus16(against), rows - i);
    store_some(gradient + i, (-y * sigmoid16(against)) * weight, rows - i);
  }
}
