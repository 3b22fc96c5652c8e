#ifndef CCONVOLUTION_H
#define CCONVOLUTION_H

#include "CKernels.h"

#pragma clang assume_nonnull begin

// Convolution and pooling: a table of its own, so that work without images does not depend on it.
// Images are rows of channels × height × width floats, the channels one after the other.

/// A convolution of a batch and the ways back through it. Pointers that an operation does not use
/// may be null.
typedef struct ck_convolution {
  long images, channels, height, width;
  long outputs, kernel, padding, stride;
  long out_height, out_width;
  const float *_Nullable x;   // [images, channels, height, width]
  const float *_Nullable b;   // [outputs]
  const float *_Nullable dy;  // [images, outputs, out_height, out_width]
  float *_Nullable y;         // like dy
  float *_Nullable dx;        // like x

  // Filled by plan: how a forward task is cut and what memory it all takes.
  long band_rows, bands;   // an image's output rows go in bands, a task each
  long back_channels;      // channels of dx that are made at once
  long forward_floats;     // scratch of a worker
  long input_floats;
  long weights_floats;
  long packed_floats;      // the weights packed, for either way

  // Given by the caller: the weights after packing, and the images of each chunk of dw.
  float *_Nullable packed;
  long chunk_images;
} ck_convolution;

/// Windows of a batch of planes: element (y, x) of the output covers `window` × `window` inputs from
/// (y·stride, x·stride), as far as there are any.
typedef struct ck_pooling {
  long height, width, window, stride, out_height, out_width;
} ck_pooling;

/// The loops of one path. `scratch` belongs to the worker and is aligned to 64 bytes.
typedef struct ck_convolution_kernels {
  /// Fills the plan of a convolution whose sizes and chunk are set.
  void (*plan)(ck_convolution *t);

  /// Packs `w: [outputs, channels, kernel, kernel]` for the way forward or for the way to the input.
  void (*pack_forward)(const ck_convolution *t, const float *w);
  void (*pack_input)(const ck_convolution *t, const float *w);
  /// One band of one image of y: task is image · bands + band.
  void (*forward)(const ck_convolution *t, long task, float *scratch);
  /// One image of dx.
  void (*input)(const ck_convolution *t, long image, float *scratch);
  /// dw and db of the images begin..<end.
  void (*weights)(const ck_convolution *t, long begin, long end, float *scratch, float *dw,
                  float *db);

  /// The largest of each window, and its place in the window if `winner` is given.
  void (*max_pool)(const ck_pooling *t, long planes, const float *x, float *y,
                   uint8_t *_Nullable winner);
  /// Adds each gradient to the winner's, from zeros.
  void (*max_pool_back)(const ck_pooling *t, long planes, const float *dy, const uint8_t *winner,
                        float *dx);
  /// dy: [rows, n] to dx: [rows, pieces, n]: the winning piece gets the gradient, the others 0.
  void (*spread)(const float *dy, const uint8_t *winner, long rows, long pieces, long n, float *dx);
} ck_convolution_kernels;

/// The loops of a path, or null where this processor cannot run them.
const ck_convolution_kernels *_Nullable ck_convolution_for(ck_path path);

#pragma clang assume_nonnull end

#endif
