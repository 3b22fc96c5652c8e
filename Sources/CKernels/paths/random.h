// Philox4x32-10 (Salmon et al. 2011), 16 blocks at a time. A block's counter is (number, domain);
// lane l of group g is block 16·g + l, so element 64·g + 16·w + l is word w of that block, and for
// dropout element 128·g + 16·h + l is half-word h. `Seed` in Swift addresses the same words.

enum { DOMAIN_WORDS = 1, DOMAIN_DROPOUT = 3, DOMAIN_NORMAL = 4 };

INLINE void multiply_wide(vu a, uint32_t b, vu *high, vu *low) {
  vl product = __builtin_convertvector(a, vl) * (uint64_t)b;
  *high = __builtin_convertvector(product >> 32, vu);
  *low = a * b;
}

INLINE void philox16(uint64_t key, uint64_t group, uint32_t domain, vu out[4]) {
  const vu lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  uint64_t first = group * LANES;
  vu c0 = (vu)((uint32_t)first) + lane;  // a multiple of 16, so no lane carries
  vu c1 = (vu)((uint32_t)(first >> 32)), c2 = 0, c3 = domain;
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
  for (int round = 0; round < 10; round++) {
    vu high0, low0, high1, low1;
    multiply_wide(c0, 0xD2511F53u, &high0, &low0);
    multiply_wide(c2, 0xCD9E8D57u, &high1, &low1);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

// The upper 24 bits as a fraction of 2^24.
INLINE vf fraction(vu word) {
  return __builtin_convertvector((vi)(word >> 8), vf) * 0x1p-24f;
}

static void uniform(uint64_t key, uint64_t first, float low, float span, float *out, long n) {
  vu words[4];
  for (long i = 0; i < n; i += LANES) {
    uint64_t element = first + (uint64_t)i;
    if (element % 64 == 0) philox16(key, element / 64, DOMAIN_WORDS, words);
    store_some(out + i, fma16(fraction(words[element / 16 % 4]), (vf)(span), (vf)(low)), n - i);
  }
}

// Box–Muller: words 0 and 1 give the normals 0 and 1 of a block, words 2 and 3 the other two. The
// angle is a quarter turn chosen by two bits plus −π/4 ≤ t < π/4, so that short Taylor polynomials
// do (error 3e-8). No normal exceeds 5.8 in size.
INLINE void box_muller(vu radius_word, vu angle_word, vf *a, vf *b) {
  vf r = __builtin_elementwise_sqrt(log16(fraction(radius_word) + 0x1p-24f) * -2.0f);
  vi quarter = (vi)(angle_word & 3u);
  vf t = (fraction(angle_word) - 0.5f) * 1.57079633f;
  vf z = t * t;
  vf s = fma16(z, (vf)(2.75573192e-6f), (vf)(-1.98412698e-4f));
  s = fma16(s, z, (vf)(8.33333333e-3f));
  s = fma16(s, z, (vf)(-1.66666667e-1f));
  s = fma16(s * z, t, t);
  vf c = fma16(z, (vf)(2.48015873e-5f), (vf)(-1.38888889e-3f));
  c = fma16(c, z, (vf)(4.16666667e-2f));
  c = fma16(c, z, (vf)(-0.5f));
  c = fma16(c, z, (vf)(1.0f));
  vi odd = (quarter & 1) != 0;
  vf x = choose(odd, -s, c);
  vf y = choose(odd, c, s);
  vi opposite = (quarter & 2) != 0;
  *a = r * choose(opposite, -x, x);
  *b = r * choose(opposite, -y, y);
}

static void normal(uint64_t key, uint64_t first, float mean, float deviation, float *out, long n) {
  vf normals[4];
  for (long i = 0; i < n; i += LANES) {
    uint64_t element = first + (uint64_t)i;
    if (element % 64 == 0) {
      vu words[4];
      philox16(key, element / 64, DOMAIN_NORMAL, words);
      box_muller(words[0], words[1], &normals[0], &normals[1]);
      box_muller(words[2], words[3], &normals[2], &normals[3]);
    }
    store_some(out + i, fma16(normals[element / 16 % 4], (vf)(deviation), (vf)(mean)), n - i);
  }
}

// Keeps an element, times `scale`, where its 16 random bits are below `threshold`; else +0.
static void dropout(uint64_t key, uint64_t first, uint32_t threshold, float factor, const float *a,
                    float *out, long n) {
  vu words[4];
  for (long i = 0; i < n; i += LANES) {
    uint64_t element = first + (uint64_t)i;
    if (element % 128 == 0) philox16(key, element / 128, DOMAIN_DROPOUT, words);
    uint64_t half = element / 16 % 8;
    vu bits = half % 2 == 0 ? words[half / 2] & 0xffffu : words[half / 2] >> 16;
    vi kept = bits < threshold;
    store_some(out + i, choose(kept, load_some(a + i, n - i) * factor, (vf)(0.0f)), n - i);
  }
}
