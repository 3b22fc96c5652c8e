import Kernels

/// Keeps each channel of an image with a probability, only while training, as
/// `channel-dropout(channels,keep,scale)`.
extension ChannelDropout: NetworkLayer {
  package static let words = ["channel-dropout"]
  package var numbers: [any CustomStringConvertible] { [channels, keep, scale] }

  package init?(_ text: LayerText) {
    guard let channels = text.whole(1, of: 3)?[0], channels > 0, let n = text.reals(3),
      (0...1).contains(n[1])
    else { return nil }
    self.init(channels: channels, keep: n[1], scale: n[2])
  }
}
