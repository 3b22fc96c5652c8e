// Elementary functions in double precision, of our own, so that their bits do not depend on the host's
// library. The bounds are checked by the tests against values of 40 digits.

// exp: 2 ulp. x = n·ln 2 + r with |r| ≤ ln 2 / 2, then the Taylor polynomial of degree 13 (its
// remainder is 4e-18 there). Results below the normal range are 0 from −745 on.
INLINE vd exp8(vd x) {
  const vd magic = 6755399441055744.0;  // 1.5·2^52 rounds to an integer
  vd inside = choose(x > 710.0, (vd)(710.0), x);
  inside = choose(inside < -746.0, (vd)(-746.0), inside);
  vd shifted = fma8(inside, (vd)(1.4426950408889634), magic);
  vi n = (vi)shifted - (vi)magic;
  vd whole = shifted - magic;
  vd r = fma8(whole, (vd)(-6.93147180369123816490e-01), inside);
  r = fma8(whole, (vd)(-1.90821492927058770002e-10), r);
  vd p = 1.0 / 6227020800.0;
  p = fma8(p, r, (vd)(1.0 / 479001600.0));
  p = fma8(p, r, (vd)(1.0 / 39916800.0));
  p = fma8(p, r, (vd)(1.0 / 3628800.0));
  p = fma8(p, r, (vd)(1.0 / 362880.0));
  p = fma8(p, r, (vd)(1.0 / 40320.0));
  p = fma8(p, r, (vd)(1.0 / 5040.0));
  p = fma8(p, r, (vd)(1.0 / 720.0));
  p = fma8(p, r, (vd)(1.0 / 120.0));
  p = fma8(p, r, (vd)(1.0 / 24.0));
  p = fma8(p, r, (vd)(1.0 / 6.0));
  p = fma8(p, r, (vd)(0.5));
  p = fma8(p, r, (vd)(1.0));
  p = fma8(p, r, (vd)(1.0));
  // Two factors, because 2^n itself may lie outside the range.
  vi half = n >> 1;
  vd first = (vd)((half + 1023) << 52);
  vd second = (vd)((n - half + 1023) << 52);
  return (p * first) * second;
}

// log: 2 ulp for normal numbers. x = 2^e·(1 + f) with 1 + f from √½ to √2, and
// log(1 + f) = 2·artanh(s) with s = f / (2 + f), arranged as f − f²/2 + s·(f²/2 + R).
INLINE vd log8(vd x) {
  vi offset = (vi)x - 0x3fe6a09e667f3bcd;
  vi exponent = offset >> 52;
  vd f = (vd)((offset & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd) - 1.0;
  vd e = __builtin_convertvector(exponent, vd);
  vd s = f / (f + 2.0);
  vd z = s * s;
  vd tail = 2.0 / 23.0;
  tail = fma8(tail, z, (vd)(2.0 / 21.0));
  tail = fma8(tail, z, (vd)(2.0 / 19.0));
  tail = fma8(tail, z, (vd)(2.0 / 17.0));
  tail = fma8(tail, z, (vd)(2.0 / 15.0));
  tail = fma8(tail, z, (vd)(2.0 / 13.0));
  tail = fma8(tail, z, (vd)(2.0 / 11.0));
  tail = fma8(tail, z, (vd)(2.0 / 9.0));
  tail = fma8(tail, z, (vd)(2.0 / 7.0));
  tail = fma8(tail, z, (vd)(2.0 / 5.0));
  tail = fma8(tail, z, (vd)(2.0 / 3.0));
  vd half_square = (f * 0.5) * f;
  vd inner = s * fma8(tail, z, half_square);
  vd low = fma8(e, (vd)(1.90821492927058770002e-10), inner);
  vd result = fma8(e, (vd)(6.93147180369123816490e-01), f - (half_square - low));
  result = choose(x == __builtin_inf(), x, result);
  result = choose(x == 0.0, (vd)(-__builtin_inf()), result);
  return choose((x < 0.0) | (x != x), (vd)(__builtin_nan("")), result);
}

// log(erfc(z)·e^(z²)·(2 + z) / 2) for z ≥ 0 as Chebyshev series in 4 / (2 + z) − 1; fitted in 50
// digits, relative error of what follows from it 1e-14.
static const double erfc_series[28] = {
    -0.6513268598908547172,    0.64196979235649026048,    0.019476473204185836138,
    -0.0095615147868086314683, -0.00094659534448203703956, 0.00036683949785276162469,
    4.2523324806907599353e-5,  -2.0278578112534071488e-5, -1.6242900046471964586e-6,
    1.3036558355806933314e-6,  1.5626441721896923644e-8,  -8.5238095914758326961e-8,
    6.5290544389317332724e-9,  5.0593434957173970648e-9,  -9.913641566576790086e-10,
    -2.2736512212991125335e-10, 9.6467910858347151373e-11, 2.3940382432932027068e-12,
    -6.8860276851086622578e-12, 8.9448808418916397835e-13, 3.1309198487229926245e-13,
    -1.1270807045583896744e-13, 3.8093935685942427626e-16, 7.1062467091878624396e-15,
    -1.5231751411988712453e-15, -9.4430243367217466171e-17, 1.2088133428997121826e-16,
    -2.8026642988785531537e-17,
};

// Φ(x) = erfc(−x / √2) / 2: absolute error 2e-16, relative error 2e-13 down to Φ(−37); and φ(x), from
// the same exponential.
INLINE void normal8(vd x, vd *cumulative, vd *density) {
  vd size = (vd)((vi)x & 0x7fffffffffffffff);
  size = choose(size > 1e3, (vd)(1e3), size);
  vd t = 2.0 / fma8(size, (vd)(0.70710678118654752440), (vd)(2.0));
  vd u = fma8(t, (vd)(2.0), (vd)(-1.0));
  vd twice = u + u;
  vd one = 0.0, two = 0.0;
  for (int i = 27; i > 0; i--) {
    vd next = fma8(twice, one, erfc_series[i] - two);
    two = one;
    one = next;
  }
  vd series = fma8(u, one, erfc_series[0] - two);
  vd square = size * size * -0.5;
  vd tail = (t * 0.5) * exp8(square + series);
  vd upper = 1.0 - tail;
  *cumulative = choose(x < 0.0, tail, upper);
  *cumulative = choose(x != x, x, *cumulative);
  *density = exp8(square) * 0.39894228040143267794;
}
