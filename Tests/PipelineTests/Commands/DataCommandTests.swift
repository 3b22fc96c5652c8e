import Testing

@testable import Pipeline

@Suite("The command data") struct DataCommandTests {
  @Test func `list names every data set`() throws {
    let answer = try Program()("data", "list")
    #expect(answer.code == 0, "\(answer.messages)")
    let names = answer.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
      .map { String($0.prefix { $0 != ":" }) }
    #expect(names == ["mnist", "cifar-10", "fashion-mnist", "svhn", "celeba", "semeion"])
  }

  @Test func `an unpacked folder is listed, and is not said to be whole`() throws {
    let program = try Program()
    #expect(try program("data", "verify", "celeba").code == 65)
    try Files.write([1], to: "\(program.folder)/celeba/img_align_celeba/000001.jpg")
    let place = "\(program.folder)/celeba/img_align_celeba"
    let list = try program("data", "list", "celeba", "--data", program.folder)
    #expect(list.output.contains("unpacked instead, without a digest  \(place)\n"))
    let answer = try program("data", "verify", "celeba", "--data", program.folder)
    #expect(answer.code == 0, "\(answer.messages)")
    #expect(answer.output == "celeba: ‘\(place)’ has no digest to compare with\n")
  }
}
