import Foundation

/// Takes the claims of a row through the program, as a provider sends them and the intake desk accepts them.
package struct CareTrial: Sendable {
  /// A placeholder for the payer's number of the first claim of a row. The number is known only after that claim is decided.
  static let firstClaim = "FIRST-CLAIM"

  /// What a program said on standard output, and whether it ended well: 0, or 65 for rejected input.
  package struct Said: Sendable {
    let text: String
    let status: Int

    package init(_ text: String, status: Int) { (self.text, self.status) = (text, status) }
  }

  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  private let row: CareRow
  private let folder: String
  private let claims: @Sendable ([String]) async throws -> Said
  private let draw: @Sendable (_ pdf: String, _ picture: String) async throws -> Void

  /// - Parameters:
  ///   - folder: where the files are written.
  ///   - claims: runs the `claims` program over the row's store.
  ///   - draw: makes a picture of a PDF's page, as `pdftoppm` does.
  package init(
    _ row: CareRow, in folder: String, claims: @escaping @Sendable ([String]) async throws -> Said,
    draw: @escaping @Sendable (_ pdf: String, _ picture: String) async throws -> Void
  ) {
    (self.row, self.folder, self.claims, self.draw) = (row, folder, claims, draw)
  }

  /// Returns what became of the claims of the last run, in order.
  ///
  /// - Throws: `Failure` if the program answers what it should not.
  package func run() async throws -> [String] {
    var (first, ended): (String?, [Ended]) = (nil, [])
    for (number, files) in row.runs.enumerated() {
      var paths: [String] = []
      for (index, file) in files.enumerated() {
        paths.append(try await write(file, to: "\(folder)/\(number)-\(index)", replacing: first))
      }
      ended = try await process(paths)
      if let form = ended.compactMap(\.form).first, case .scan(let claim)? = files.first {
        ended = [try await accept(form, as: claim)]
      }
      first = first ?? ended.first?.claimID
    }
    return ended.map(\.word)
  }

  private func write(_ file: CareFile, to path: String, replacing first: String?) async throws -> String {
    func save(_ bytes: [UInt8], _ ending: String) throws -> String {
      try Data(bytes).write(to: URL(fileURLWithPath: path + ending))
      return path + ending
    }
    switch file {
    case .x12(let claims):
      let text = CareClaim.x12(claims).replacing(Self.firstClaim, with: first ?? "")
      return try save(Array(text.utf8), ".837")
    case .fhir(let claim): return try save(Array(claim.fhir.utf8), ".json")
    case .form(let claim): return try save(claim.form, ".pdf")
    case .scan(let claim):
      try await draw(try save(claim.form, ".typed.pdf"), path)
      return path + ".png"
    }
  }

  private func process(_ paths: [String]) async throws -> [Ended] {
    let arguments = ["process"] + paths + ["--enroll", "PPO", "--received", "2026-04-01", "--progress", "never"]
    return try Ended.all(in: try await claims(arguments + ["--output", "json"]))
  }

  /// Gives each field in doubt what the form says, and accepts the form.
  private func accept(_ form: String, as claim: CareClaim) async throws -> Ended {
    let shown = try Shown(try await claims(["intake", "show", form, "--output", "json"]))
    for field in shown.fields where !field.doubts.isEmpty {
      guard let value = claim.boxes[field.field] else { throw Failure(description: "box \(field.field) is in doubt") }
      let corrected = try await claims(["intake", "correct", form, field.field, value, "--reason", "as the form says"])
      guard corrected.status == 0 else { throw Failure(description: "box \(field.field) takes no \(value)") }
    }
    let arguments = ["intake", "accept", form, "--enroll", "PPO", "--reason", "compared with the form"]
    guard let ended = try Ended.all(in: try await claims(arguments + ["--output", "json"])).first else {
      throw Failure(description: "form \(form) was accepted, and is no claim")
    }
    return ended
  }
}

/// A line of `claims process --output json`.
private struct Ended: Decodable {
  let status: String
  let replayed: Bool
  let claimID: String?
  private let adjustments: [Adjustment]
  private let reason: Reason?

  private struct Adjustment: Decodable {
    let group: String
    let code: String
  }

  private struct Reason: Decodable {
    let code: String?
    let form: String?

    enum CodingKeys: String, CodingKey {
      case code
      case form = "form_id"
    }
  }

  enum CodingKeys: String, CodingKey {
    case status, replayed, adjustments, reason
    case claimID = "claim_intake_id"
  }

  /// The form that waits at the intake desk; nil for a claim.
  var form: String? { reason?.form }

  /// The status, and what explains it.
  var word: String {
    switch status {
    case "denied": ([status] + Set(adjustments.map { "\($0.group)-\($0.code)" }).sorted()).joined(separator: " ")
    case "suspended": "\(status) \(reason?.code ?? "")"
    default: status + (replayed ? ", replayed" : "")
    }
  }

  /// - Throws: `CareTrial.Failure` if a line cannot be read.
  static func all(in said: CareTrial.Said) throws -> [Ended] {
    let lines = said.text.split(separator: "\n").filter { !$0.hasPrefix("{\"summary\"") }
    guard said.status == 0 || said.status == 65 else {
      throw CareTrial.Failure(description: "`claims` ended with status \(said.status)")
    }
    return try lines.map { try JSONDecoder().decode(Ended.self, from: Data($0.utf8)) }
  }
}

/// What `claims intake show --output json` says of a form.
private struct Shown: Decodable {
  let fields: [Field]

  struct Field: Decodable {
    let field: String
    let doubts: [String]
  }

  init(_ said: CareTrial.Said) throws {
    self = try JSONDecoder().decode(Shown.self, from: Data(said.text.utf8))
  }
}
