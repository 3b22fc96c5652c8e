// Independent fma chains in registers: what the processor can do when nothing holds it back.
static double peak(long rounds, float *sink) {
  enum { CHAINS = 12 };
  vf x[CHAINS];
  for (int i = 0; i < CHAINS; i++) x[i] = (vf)((float)i);
  const vf factor = sink[0], offset = sink[1];
  for (long round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < CHAINS; i++) x[i] = fma16(x[i], factor, offset);
  }
  vf total = 0.0f;
  for (int i = 0; i < CHAINS; i++) total = total + x[i];
  sink[0] = sum_lanes(total);
  return 2.0 * LANES * CHAINS * (double)rounds;
}
