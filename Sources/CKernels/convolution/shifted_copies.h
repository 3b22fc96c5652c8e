// A convolution as a product without its matrix of patches. For each channel and each kx there is a
// compact copy of the padded image, shifted by kx and cut to the width of the output (and for
// strides above 1 one for each remainder of the row). In it the inputs that kernel element (ky, kx)
// meets at successive output pixels lie side by side, across the ends of rows too, so they are read
// as whole vectors at a fixed offset from the pixel: `kernel` copies instead of `kernel`².

INLINE long lesser(long a, long b) { return a < b ? a : b; }
INLINE long greater(long a, long b) { return a > b ? a : b; }
INLINE long ceiling(long a, long b) { return (a + b - 1) / b; }
INLINE long whole_vectors(long n) { return ceiling(n, LANES) * LANES; }

// Where part `index` of `count` begins, when `total` is cut into nearly equal parts.
INLINE long cut(long total, long count, long index) {
  return total / count * index + lesser(index, total % count);
}

INLINE vf first_lanes(vf v, long n) {
  const vi lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  return choose(lane < (vi)((int32_t)lesser(n, LANES)), v, (vf)(0.0f));
}

// Remainders of rows that a kernel element can meet.
INLINE long remainders(const ck_convolution *t) { return lesser(t->stride, t->kernel); }

// Rows of a copy that `rows` rows of the output need.
INLINE long copy_rows(const ck_convolution *t, long rows) {
  return rows + (t->kernel - 1) / t->stride;
}

// Floats of one channel's copies for `rows` rows of the output.
INLINE long copy_floats(const ck_convolution *t, long rows) {
  return t->kernel * remainders(t) * copy_rows(t, rows) * t->out_width;
}

// Where the input of kernel element (ky, kx) and output pixel 0 is among one channel's copies.
INLINE long copy_offset(const ck_convolution *t, long rows, long ky, long kx) {
  long copy = kx * remainders(t) + ky % t->stride;
  return (copy * copy_rows(t, rows) + ky / t->stride) * t->out_width;
}

// Floats of one padded channel, or of the part of it that `rows` rows of the output need.
INLINE long padded_floats(const ck_convolution *t, long rows) {
  long height = copy_rows(t, rows) * t->stride;
  if (rows == t->out_height) height = greater(height, t->height + 2 * t->padding);
  return height * (t->width + 2 * t->padding) + t->kernel + 2 * LANES;
}

// Writes the copies of one channel for the output rows first..<first + rows; `padded` is scratch.
// Whole vectors are stored over the ends of rows, and what comes next overwrites the excess, so
// after the last channel one vector more must be there.
static void copy_channel(const ck_convolution *t, long image, long channel, long first, long rows,
                         float *padded, float *out) {
  const float *plane = t->x + (image * t->channels + channel) * t->height * t->width;
  long top = first * t->stride - t->padding, wide = t->width + 2 * t->padding;
  long height = copy_rows(t, rows) * t->stride;
  // Whole vectors are read over the end of the plane.
  long after = ((t->images - image) * t->channels - channel - 1) * t->height * t->width;
  const float *source = plane + top * t->width;
  if (t->padding > 0 || top + height > t->height || after < LANES) {
    memset(padded, 0, (size_t)padded_floats(t, rows) * sizeof(float));
    for (long i = greater(0, -top); i < lesser(height, t->height - top); i++) {
      memcpy(padded + i * wide + t->padding, plane + (top + i) * t->width,
             (size_t)t->width * sizeof(float));
    }
    source = padded;
  }
  for (long kx = 0; kx < t->kernel; kx++) {
    for (long remainder = 0; remainder < remainders(t); remainder++) {
      for (long i = 0; i < copy_rows(t, rows); i++, out += t->out_width) {
        const float *from = source + (i * t->stride + remainder) * wide + kx;
        if (t->stride == 1) {
          for (long x = 0; x < t->out_width; x += LANES) store(out + x, load(from + x));
        } else {
          for (long x = 0; x < t->out_width; x++) out[x] = from[x * t->stride];
        }
      }
    }
  }
}
