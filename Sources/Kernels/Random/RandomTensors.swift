import CKernels

extension Workspace {
  /// Numbers evenly spread from `low` to `high`.
  public func uniform(_ shape: [Int], from low: Float, to high: Float, seed: Seed) -> Tensor {
    let fill = kernels.pointee.uniform
    return filled(shape) { first, out, count in
      fill(seed.key, UInt64(first), low, high - low, out, count)
    }
  }

  /// Normally distributed numbers, by Box and Muller; none is further than 5.8 deviations out.
  public func normal(_ shape: [Int], mean: Float, deviation: Float, seed: Seed) -> Tensor {
    let fill = kernels.pointee.normal
    return filled(shape) { first, out, count in
      fill(seed.key, UInt64(first), mean, deviation, out, count)
    }
  }

  private func filled(
    _ shape: [Int], _ body: (Int, UnsafeMutablePointer<Float>, Int) -> Void
  ) -> Tensor {
    let result = Tensor(unfilled: shape, in: self)
    let out = result.storage.floats
    parallelRuns(of: result.count, each: elementRun) { start, count in
      body(start, out + start, count)
    }
    return result
  }
}
