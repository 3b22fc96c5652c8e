import Contract
import Foundation

/// `results/<profile>/` as a record that can be read without any cache.
struct AnswerFolder: Sendable {
  /// The folder.
  let path: String

  /// The folder of a project's profile.
  init(_ project: Project) { path = "\(project.output)/results/\(project.spec.profile)" }

  /// A folder.
  init(path: String) { self.path = path }

  /// The answer of a stage; nil if it left none.
  func answer(_ stage: String) throws -> Answer? {
    let file = "\(path)/\(stage)/\(Answer.fileName)"
    guard Files.size(file) != nil else { return nil }
    let answer = try decoded(Answer.self, file)
    guard answer.format == Answer.format else {
      throw ResultDamage(
        path: file,
        problem: "has the format \(answer.format), and this program reads \(Answer.format)")
    }
    guard answer.stage == stage else {
      throw ResultDamage(path: file, problem: "is the answer of ‘\(answer.stage)’")
    }
    return answer
  }

  /// The code behind the profile's answers; nil if it was not kept.
  func codeSets() throws -> CodeSets? {
    let file = "\(path)/\(CodeSets.fileName)"
    return Files.size(file) == nil ? nil : try decoded(CodeSets.self, file)
  }

  /// When and where the stages ran.
  func runs() throws -> RunLog { try RunLog(path: "\(path)/\(RunLog.fileName)") }

  /// A file beside an answer, checked against the digest that the answer has of it.
  func bytes(of file: AnswerArtifact.File, stage: String) throws -> [UInt8] {
    let place = "\(path)/\(stage)/\(file.name)"
    guard Files.size(place) != nil, !file.name.contains("/") else {
      throw ResultDamage(path: place, problem: "is named by the answer beside it and not there")
    }
    let bytes = try Files.read(place)
    guard SHA256.hex(of: bytes) == file.sha256 else {
      throw ResultDamage(
        path: place,
        problem: "is not what its stage wrote: it has another SHA-256 than"
          + " \(Answer.fileName) says")
    }
    return bytes
  }

  /// A table of an answer, from its CSV file.
  func table(_ artifact: AnswerArtifact, of stage: String) throws -> Table {
    let name = "\(artifact.name).csv"
    let place = "\(path)/\(stage)/\(name)"
    guard let file = artifact.files.first(where: { $0.name == name }) else {
      throw ResultDamage(
        path: "\(path)/\(stage)/\(Answer.fileName)", problem: "names no file of its table ‘\(name)’"
      )
    }
    let text: CSVFile
    do { text = try CSVFile(bytes(of: file, stage: stage), name: place) } catch let error
      as CSVError
    {
      throw ResultDamage(path: place, problem: "is no CSV file: \(error.message)")
    }
    guard let table = Table(artifact, text) else {
      throw ResultDamage(
        path: place, problem: "does not have the columns or cells that \(Answer.fileName) describes"
      )
    }
    return table
  }

  private func decoded<Value: Decodable>(_ type: Value.Type, _ file: String) throws -> Value {
    let bytes = try Files.read(file)
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch let error as DecodingError {
      throw ResultDamage(path: file, problem: "cannot be read: \(Self.words(error))")
    }
  }

  private static func words(_ error: DecodingError) -> String {
    func place(_ context: DecodingError.Context, _ last: String? = nil) -> String {
      (context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
        + [last].compactMap { $0 }).joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context):
      return "‘\(place(context, key.stringValue))’ is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "‘\(place(context))’ is not of the kind expected"
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      return "‘\(place(context))’ is not one of the words expected"
    default: return "it is not JSON, or only a part of it"
    }
  }
}
