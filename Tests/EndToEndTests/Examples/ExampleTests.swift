import Foundation
import Testing

/// The examples are separate packages that use the library's products from outside. Each is built, killed with a real
/// SIGKILL, and run again.
@Suite("The examples keep their promises", .serialized)
struct ExampleTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Builds all examples once, since later builds reuse the work of earlier ones.
  private static let built = Task {
    for name in ["TenLines", "Shop", "Agent"] {
      let build = try await Program.run(
        "/usr/bin/env",
        [
          "swift", "build", "--package-path", root.appending(path: "Examples/\(name)").path, "--scratch-path",
          root.appending(path: ".build/examples").path,
        ], in: root.path)
      try #require(build.way == .exited(0), "\(build.text.suffix(4_000))\(build.errors.suffix(2_000))")
    }
  }

  private static func program(_ name: String) async throws -> String { "'\(try await path(of: name))'" }

  /// The path of an example, once all are built.
  static func path(of name: String) async throws -> String {
    try await built.value
    return root.appending(path: ".build/examples/debug/\(name)").path
  }

  @Test("ten lines: killed after the courier has acted and run again, it sends one box")
  func tenLines() async throws {
    let (office, program) = (try Office(), try await Self.program("TenLines"))
    let main = try String(
      contentsOf: Self.root.appending(path: "Examples/TenLines/Sources/TenLines/main.swift"), encoding: .utf8)
    #expect(main.split(separator: "\n", omittingEmptySubsequences: false).count <= 16, "at most 15 lines")
    let run = try await office.shell(
      "DIE=1 \(program); echo $?; sleep 1.2; \(program); \(program); cat courier.log | wc -l")
    #expect(run.text == "137\nbox of 4711\nbox of 4711\n1\n", "\(run.text)\(run.errors)")
  }

  @Test(
    "a shop: killed at the courier and at the bank, raced and refused, it ships and pays each order once or not at all")
  func shop() async throws {
    let (office, program) = (try Office(), try await Self.program("Shop"))
    let run = try await office.shell(
      """
      \(program) 1 book; DIE=box \(program) 2 book; DIE=paid \(program) 3 book; sleep 1.5
      \(program) resume; \(program) 3 book; \(program) 4 book; \(program) 5 anvil; \(program) 5 anvil
      (\(program) 6 lamp & \(program) 6 lamp & wait)
      cut -f2 bank.log | sort; cut -f2 courier.log | sort
      """)
    #expect(
      run.text == """
        order 1: paid for book, box of book
        resumed 2
        order 3: paid for book, box of book
        refused: no book is left (out-of-stock)
        refused: the courier takes no anvils (too-heavy)
        refused: the courier takes no anvils (too-heavy)
        order 6: paid for lamp, box of lamp
        order 6: paid for lamp, box of lamp
        paid for book
        paid for book
        paid for book
        paid for lamp
        box of book
        box of book
        box of book
        box of lamp

        """, "\(run.text)\(run.errors)")
  }

  @Test("an agent: killed at the model and at each tool, it asks the model once per turn, and each tool acts once")
  func agent() async throws {
    let (office, program) = (try Office(), try await Self.program("Agent"))
    let run = try await office.shell(
      """
      for at in model refund mail model; do DIE=$at \(program) t1; sleep 1.2; done
      \(program) t1 > one; \(program) t1 > two; cmp one two && cat model.log tools.log | wc -l
      """)
    #expect(run.text == "5\n", "\(run.text)\(run.errors)")
    #expect(try office.text(of: "one").hasPrefix("done: refund(order 4711"))
  }
}
