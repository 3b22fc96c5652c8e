// One output element for each input element. `x`, `y` are the operands in the expressions below.

#define MAP(name, expression)                                \
  static void name(const float *a, float *out, long n) {     \
    for (long i = 0; i < n; i += LANES) {                    \
      vf x = load_some(a + i, n - i);                        \
      store_some(out + i, expression, n - i);                \
    }                                                        \
  }

#define MAP_WITH(name, parameter, expression)                           \
  static void name(const float *a, float parameter, float *out, long n) { \
    for (long i = 0; i < n; i += LANES) {                               \
      vf x = load_some(a + i, n - i);                                   \
      store_some(out + i, expression, n - i);                           \
    }                                                                   \
  }

#define ZIP(name, expression)                                             \
  static void name(const float *a, const float *b, float *out, long n) {  \
    for (long i = 0; i < n; i += LANES) {                                 \
      vf x = load_some(a + i, n - i);                                     \
      vf y = load_some(b + i, n - i);                                     \
      store_some(out + i, expression, n - i);                             \
    }                                                                     \
  }

ZIP(add, x + y)
ZIP(subtract, x - y)
ZIP(multiply, x *y)
ZIP(divide, x / y)
MAP_WITH(scale, factor, x *factor)
MAP_WITH(shift, offset, x + offset)
MAP(sign, choose(x > 0.0f, (vf)(1.0f), choose(x < 0.0f, (vf)(-1.0f), (vf)(0.0f))))
MAP(magnitude, magnitude16(x))
MAP(square_root, __builtin_elementwise_sqrt(x))
MAP(exponential, exp16(x))
MAP(logarithm, log16(x))
MAP(softplus, softplus16(x))
MAP(relu, choose(x > 0.0f, x, (vf)(0.0f)))
ZIP(relu_back, choose(x > 0.0f, y, (vf)(0.0f)))
MAP(sigmoid, sigmoid16(x))
ZIP(sigmoid_back, y *(x * (1.0f - x)))
MAP(hyperbolic_tangent, tanh16(x))
ZIP(hyperbolic_tangent_back, y *fma16(-x, x, (vf)(1.0f)))

static void add_scaled(const float *a, const float *b, float factor, float *out, long n) {
  for (long i = 0; i < n; i += LANES) {
    vf y = load_some(b + i, n - i);
    store_some(out + i, fma16(y, (vf)(factor), load_some(a + i, n - i)), n - i);
  }
}

static void clamp(const float *a, float low, float high, float *out, long n) {
  for (long i = 0; i < n; i += LANES) {
    vf x = load_some(a + i, n - i);
    x = choose(x < low, (vf)(low), x);
    store_some(out + i, choose(x > high, (vf)(high), x), n - i);
  }
}

// A byte's share of 255, by a division that rounds correctly.
static void unit_range(const uint8_t *a, float *out, long n) {
  for (long i = 0; i < n; i += LANES) {
    vb bytes = 0;
    memcpy(&bytes, a + i, n - i >= LANES ? LANES : (size_t)(n - i));
    store_some(out + i, __builtin_convertvector(bytes, vf) / 255.0f, n - i);
  }
}
