extension Reference {
  /// y of a convolution: each element one chain from its bias over (channel, ky, kx) in order, where
  /// an input beyond the edges is a term of +0.
  public static func convolution(
    _ x: [Float], _ w: [Float], _ b: [Float], _ layer: Conv2D
  ) -> [Float] {
    var y: [Float] = []
    for image in 0..<x.count / layer.inputCount {
      for o in 0..<layer.outputs {
        for i in 0..<layer.outHeight {
          for j in 0..<layer.outWidth {
            var sum = b[o]
            for k in kernelElements(layer) {
              sum.addProduct(
                w[o * layer.kernelCount + k.index], input(x, layer, image, k, i, j))
            }
            y.append(sum)
          }
        }
      }
    }
    return y
  }

  /// ∂L/∂x of a convolution.
  ///
  /// What a kernel element gives back from an output pixel is one chain over the outputs from +0. An
  /// input adds up, for each kx, what lies over it in order of ky, from +0, and these over kx in
  /// order, from +0.
  public static func convolutionInputGradient(
    _ dy: [Float], _ w: [Float], _ layer: Conv2D
  ) -> [Float] {
    var dx: [Float] = []
    let pixels = layer.outHeight * layer.outWidth
    for image in 0..<dy.count / layer.outputCount {
      for c in 0..<layer.channels {
        for row in 0..<layer.height {
          for column in 0..<layer.width {
            var total: Float = 0
            for kx in 0..<layer.kernel {
              var sum: Float = 0
              for ky in 0..<layer.kernel {
                let (top, left) = (row + layer.padding - ky, column + layer.padding - kx)
                guard top >= 0, left >= 0, top % layer.stride == 0, left % layer.stride == 0
                else { continue }
                let (i, j) = (top / layer.stride, left / layer.stride)
                guard i < layer.outHeight, j < layer.outWidth else { continue }
                var chain: Float = 0
                for o in 0..<layer.outputs {
                  let element = (c * layer.kernel + ky) * layer.kernel + kx
                  chain.addProduct(
                    w[o * layer.kernelCount + element],
                    dy[(image * layer.outputs + o) * pixels + i * layer.outWidth + j])
                }
                sum += chain
              }
              total += sum
            }
            dx.append(total)
          }
        }
      }
    }
    return dx
  }

  /// ∂L/∂W and ∂L/∂b of a convolution.
  ///
  /// Images go in shards, and these in chunks. In a chunk, pixel p of each image in order adds dy·x to
  /// lane p mod 16, and zeros fill up the last 16 pixels of an image; the lanes end in the tree of
  /// every reduction. Chunks are added to their shard's sum from +0, and shards to the whole from +0.
  public static func convolutionWeightGradients(
    _ x: [Float], _ dy: [Float], _ layer: Conv2D
  ) -> (dw: [Float], db: [Float]) {
    let pixels = layer.outHeight * layer.outWidth
    let (shards, chunk) = (
      layer.reduction.shards(of: dy.count / layer.outputCount), layer.reduction.chunkImages
    )
    /// Sums over the batch of what `join` makes of a lane, an image, and one of its pixels or none.
    func batchSum(_ join: (Float, Int, Int?) -> Float) -> Float {
      var total: Float = 0
      for shard in shards {
        var sum: Float = 0
        for start in stride(from: shard.lowerBound, to: shard.upperBound, by: chunk) {
          var lane = [Float](repeating: 0, count: lanes)
          for image in start..<min(start + chunk, shard.upperBound) {
            for p in 0..<(pixels + lanes - 1) / lanes * lanes {
              lane[p % lanes] = join(lane[p % lanes], image, p < pixels ? p : nil)
            }
          }
          sum += tree(lane)
        }
        total += sum
      }
      return total
    }
    var (dw, db) = ([Float](), [Float]())
    for o in 0..<layer.outputs {
      let gradient = { (image: Int, p: Int) in dy[(image * layer.outputs + o) * pixels + p] }
      db.append(batchSum { lane, image, p in lane + (p.map { gradient(image, $0) } ?? 0) })
      for k in kernelElements(layer) {
        dw.append(
          batchSum { lane, image, p in
            guard let p else { return lane.addingProduct(0, 0) }
            return lane.addingProduct(
              gradient(image, p),
              input(x, layer, image, k, p / layer.outWidth, p % layer.outWidth))
          })
      }
    }
    return (dw, db)
  }

  private struct KernelElement {
    let index, channel, ky, kx: Int
  }

  private static func kernelElements(_ layer: Conv2D) -> [KernelElement] {
    (0..<layer.kernelCount).map { index in
      KernelElement(
        index: index, channel: index / (layer.kernel * layer.kernel),
        ky: index / layer.kernel % layer.kernel, kx: index % layer.kernel)
    }
  }

  /// The input that a kernel element meets at output pixel (i, j), 0 beyond the edges.
  private static func input(
    _ x: [Float], _ layer: Conv2D, _ image: Int, _ k: KernelElement, _ i: Int, _ j: Int
  ) -> Float {
    let row = i * layer.stride + k.ky - layer.padding
    let column = j * layer.stride + k.kx - layer.padding
    guard (0..<layer.height).contains(row), (0..<layer.width).contains(column) else { return 0 }
    return x[((image * layer.channels + k.channel) * layer.height + row) * layer.width + column]
  }
}

extension Conv2D {
  /// Weights of one output.
  fileprivate var kernelCount: Int { channels * kernel * kernel }
}
