import Testing

@testable import Pipeline

@Suite("Code behind a stage") struct CodeIndexTests {
  private static let small: [String: String] = [
    "Experiments/A.swift": "struct A { let b = B(); func run() -> Int { b.twice(helper(1)) } }",
    "Experiments/B.swift": "public struct B { func once() -> Int { 1 } }",
    "Experiments/B+Twice.swift": "extension B { func twice(_ x: Int) -> Int { 2 * x } }",
    "Experiments/B+Other.swift": "extension B { func thrice() -> Int { 3 } }",
    "Experiments/B+Init.swift": "extension B { init(_ x: Int) { self.init() } }",
    "Experiments/B+Show.swift":
      "extension B: CustomStringConvertible { var text: String { \"\" } }",
    "Kernels/Helper.swift": "func helper(_ x: Int) -> Int { x }\nprivate func once() {}",
    "Kernels/Unused.swift": "struct Unused {}",
    "Experiments/Papers/Catalog.swift": "enum Catalog { static let all = [A.self, Unused.self] }",
  ]

  private func names(_ files: [String: String], of type: String = "A") -> [String] {
    (SourceTree.index(files).fingerprint(ofType: type)?.files ?? []).map {
      String($0.name.split(separator: "/").last ?? "")
    }
  }

  private func digest(_ files: [String: String]) -> String? {
    SourceTree.index(files).fingerprint(ofType: "A")?.digest
  }

  private func edited(_ name: String, _ text: String?) -> String? {
    var files = Self.small
    files[name] = text
    return digest(files)
  }

  @Test func `it is what is mentioned, and what that mentions`() {
    #expect(
      names(Self.small) == ["A.swift", "B+Init.swift", "B+Twice.swift", "B.swift", "Helper.swift"])
    #expect(SourceTree.index(Self.small).fingerprint(ofType: "Nobody") == nil)
  }

  @Test(arguments: [
    ("Experiments/A.swift", "struct A { let b = B(); func run() -> Int { b.twice(helper(2)) } }"),
    ("Experiments/B.swift", "public struct B { func once() -> Int { 2 } }"),
    ("Experiments/B+Twice.swift", "extension B { func twice(_ x: Int) -> Int { x + x } }"),
    ("Kernels/Helper.swift", "func helper(_ x: Int) -> Int { x + 0 }\nprivate func once() {}"),
    ("Experiments/B+Init.swift", "extension B { init(_ x: Int) { self.init(); print(x) } }"),
  ])
  func `an edit of used code changes it`(name: String, text: String) {
    #expect(edited(name, text) != digest(Self.small))
  }

  @Test(arguments: [
    ("Kernels/Unused.swift", "struct Unused { let more = 1 }"),
    ("Experiments/B+Other.swift", "extension B { func thrice() -> Int { 33 } }"),
    ("Experiments/New.swift", "struct New { let b = B(); let a = A() }"),
    ("Experiments/Papers/Catalog.swift", "enum Catalog { static let all = [Unused.self] }"),
    (
      "Experiments/B.swift",
      "public struct B {\n  /// One.\n  func once() -> Int {\n    1\n  }\n}\n"
    ),
    ("Kernels/Private.swift", "private struct B { let x = 1 }\nfileprivate func helper() {}"),
    ("CKernels/new.c", "int nobody_calls_this(void) { return 1; }"),
  ])
  func `an edit of anything else does not`(name: String, text: String) {
    #expect(edited(name, text) == digest(Self.small))
  }

  @Test func `moving a file without changing it does not`() {
    var files = Self.small
    files["Experiments/Elsewhere/B.swift"] = files.removeValue(forKey: "Experiments/B.swift")
    #expect(digest(files) == digest(Self.small))
  }

  @Test func `a conformance belongs when its protocol is named`() {
    var files = Self.small
    files["Experiments/A.swift"]? += "\nfunc show(_ x: some CustomStringConvertible) {}"
    #expect(names(files).contains("B+Show.swift"))
    #expect(!names(Self.small).contains("B+Show.swift"))
  }

  @Test func `an extension of a nested type belongs when its members are named`() {
    var files = Self.small
    files["Experiments/B+Part.swift"] = "extension B.Part { static func quarter() {} }"
    files["Experiments/A.swift"]? += "\nlet part: B.Part = .half"
    #expect(!names(files).contains("B+Part.swift"))
    files["Experiments/A.swift"]? += "\nlet other: B.Part = .quarter()"
    #expect(names(files).contains("B+Part.swift"))
  }

  @Test func `changed files are named`() throws {
    var files = Self.small
    files["Experiments/B.swift"] = "public struct B { func once() -> Int { 2 } }"
    files["Kernels/Helper.swift"] = nil
    files["Kernels/Helpers.swift"] = "func helper(_ x: Int) -> Int { -x }"
    let old = try #require(SourceTree.index(Self.small).fingerprint(ofType: "A"))
    let new = try #require(SourceTree.index(files).fingerprint(ofType: "A"))
    #expect(
      new.changedFiles(since: old)
        == ["Experiments/B.swift", "Kernels/Helper.swift", "Kernels/Helpers.swift"])
    #expect(new.changedFiles(since: new).isEmpty)
  }
}

@Suite("C code behind a stage") struct CNamesTests {
  private static let files: [String: String] = [
    "Experiments/A.swift": "struct A { let k = ck_table_for(CK_FAST) }",
    "CKernels/include/CKernels.h": """
    #include <stdint.h>
    typedef enum ck_path { CK_SLOW, CK_FAST } ck_path;
    typedef struct ck_table { ck_path path; } ck_table;
    const ck_table *ck_table_for(ck_path path);
    """,
    "CKernels/dispatch.c": """
    #include "CKernels.h"
    extern const ck_table ck_table_fast;
    static int unseen(int wanted) { int other = wanted; return other; }
    const ck_table *ck_table_for(ck_path path) { return &ck_table_fast; }
    """,
    "CKernels/path_fast.c": "#define PATH_TABLE ck_table_fast\n#include \"paths/table.h\"\n",
    "CKernels/paths/table.h": "#include \"vector.h\"\nconst ck_table PATH_TABLE = { CK_FAST };",
    "CKernels/paths/vector.h": "static int lanes(void) { return 16; }",
    "CKernels/unrelated.c": "static int unseen(void);\nint nobody(void) { return 1; }",
  ]

  private func names(_ files: [String: String]) -> [String] {
    (SourceTree.index(files).fingerprint(ofType: "A")?.files ?? []).map {
      String($0.name.split(separator: "/").last ?? "")
    }
  }

  @Test func `a call from Swift brings its definition, header, tables and what they include`() {
    #expect(
      Set(names(Self.files)) == [
        "A.swift", "CKernels.h", "dispatch.c", "path_fast.c", "table.h", "vector.h",
      ])
  }

  @Test func `names private to a C file bring nothing`() {
    var files = Self.files
    files["Experiments/A.swift"]? += "\nfunc unseen() {}\nlet other = lanes"
    files["CKernels/more.c"] = "static int lanes(void) { return 2; }"
    #expect(!names(files).contains("more.c"))
  }

  @Test func `C reaches no Swift`() {
    var files = Self.files
    files["Kernels/Other.swift"] = "struct path { let x = 1 }"
    #expect(!names(files).contains("Other.swift"))
  }

  @Test func `an edit in an included file changes the fingerprint, a comment does not`() {
    func digest(_ files: [String: String]) -> String? {
      SourceTree.index(files).fingerprint(ofType: "A")?.digest
    }
    var (edited, commented) = (Self.files, Self.files)
    edited["CKernels/paths/vector.h"] = "static int lanes(void) { return 8; }"
    commented["CKernels/paths/vector.h"] = "// Lanes.\nstatic int lanes(void)\n{ return 16; }\n"
    #expect(digest(edited) != digest(Self.files))
    #expect(digest(commented) == digest(Self.files))
  }
}
