// Elementary functions of our own, so that their bits do not depend on the host's library. The
// bounds in units in the last place are checked against double precision by the tests.

// exp: 1 ulp. x = n·ln 2 + r with |r| ≤ ln 2 / 2, then the Taylor polynomial of degree 7 (its
// remainder is 5e-9 there). Adding 1.5·2^23 rounds to an integer without a conversion, so that
// not-a-number passes through with defined behaviour.
INLINE vf exp16(vf x) {
  const vf magic = 12582912.0f;
  vf inside = choose(x > 89.0f, (vf)(89.0f), x);
  inside = choose(inside < -104.0f, (vf)(-104.0f), inside);
  vf shifted = fma16(inside, (vf)(1.44269504f), magic);
  vi n = bits_of(shifted) - bits_of(magic);
  vf whole = shifted - magic;
  vf r = fma16(whole, (vf)(-0.693145752f), inside);
  r = fma16(whole, (vf)(-1.42860677e-6f), r);
  vf p = 1.98412698e-4f;
  p = fma16(p, r, (vf)(1.38888889e-3f));
  p = fma16(p, r, (vf)(8.33333333e-3f));
  p = fma16(p, r, (vf)(4.16666667e-2f));
  p = fma16(p, r, (vf)(1.66666667e-1f));
  p = fma16(p, r, (vf)(0.5f));
  p = fma16(p, r, (vf)(1.0f));
  p = fma16(p, r, (vf)(1.0f));
  // Two factors, because 2^n itself may lie outside the range.
  vi half = n >> 1;
  vf first = float_of((half + 127) << 23);
  vf second = float_of((n - half + 127) << 23);
  return (p * first) * second;
}

// log: 1 ulp. x = 2^e·(1 + f) with 1 + f from √½ to √2, and log(1 + f) = f − f²/2 + s·(f²/2 + R)
// with s = f / (2 + f) and R the tail of the series of 2·artanh(s).
INLINE vf log16(vf x) {
  vi tiny = x < 1.17549435e-38f;
  vf scaled = choose(tiny, x * 8388608.0f, x);
  vi offset = bits_of(scaled) - 0x3f3504f3;
  vi exponent = (offset >> 23) - (tiny & 23);
  vf f = float_of((offset & 0x007fffff) + 0x3f3504f3) - 1.0f;
  vf e = __builtin_convertvector(exponent, vf);
  vf s = f / (f + 2.0f);
  vf z = s * s;
  vf tail = 0.181818182f;
  tail = fma16(tail, z, (vf)(0.222222222f));
  tail = fma16(tail, z, (vf)(0.285714286f));
  tail = fma16(tail, z, (vf)(0.4f));
  tail = fma16(tail, z, (vf)(0.666666667f));
  vf half_square = (f * 0.5f) * f;
  vf inner = s * fma16(tail, z, half_square);
  vf low = fma16(e, (vf)(1.42860677e-6f), inner);
  vf result = fma16(e, (vf)(0.693145752f), f - (half_square - low));
  result = choose(x == __builtin_inff(), x, result);
  result = choose(x == 0.0f, (vf)(-__builtin_inff()), result);
  return choose(x < 0.0f, (vf)(__builtin_nanf("")), result);
}

// log(1 + t) for t from 0 to 1: 2 ulp. What 1 + t lost in rounding is put back to first order.
INLINE vf log_one_plus16(vf t) {
  vf u = t + 1.0f;
  return log16(u) + (t - (u - 1.0f)) / u;
}

// 1 / (1 + e^−x): 3 ulp, without overflow on either side.
INLINE vf sigmoid16(vf x) {
  vf e = exp16(-magnitude16(x));
  return choose(x < 0.0f, e, (vf)(1.0f)) / (e + 1.0f);
}

// log(1 + e^x): 3 ulp, without overflow.
INLINE vf softplus16(vf x) {
  return larger(x, (vf)(0.0f)) + log_one_plus16(exp16(-magnitude16(x)));
}

// tanh: 4 ulp. Below 0.55 the [5/4] Padé quotient, whose error there is 2e-10; above, from exp.
INLINE vf tanh16(vf x) {
  vf a = magnitude16(x);
  vf z = a * a;
  vf top = fma16(z + 105.0f, z, (vf)(945.0f));
  vf bottom = fma16(fma16(z, (vf)(15.0f), (vf)(420.0f)), z, (vf)(945.0f));
  vf small = a * (top / bottom);
  vf large = 1.0f - 2.0f / (exp16(a + a) + 1.0f);
  vf result = choose(a < 0.55f, small, large);
  return float_of(bits_of(result) | (bits_of(x) & (int32_t)0x80000000));
}
