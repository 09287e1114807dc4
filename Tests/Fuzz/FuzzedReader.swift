import ClaimFormats
import ClaimsDomain
import DurableExecution
import StrictText

/// The readers of bytes from outside.
enum FuzzedReader: String, CaseIterable {
  case claims, jsonClaims, fhirClaims, fhirMembers, fhirRequest, remittance, enrollment, inquiry, plan, fees, members,
    payer, partner, table, zip

  /// Returns a case's input, and the file name to give to the reader.
  func input(_ seeds: SeedInputs, _ mutation: inout Mutation) -> (name: String, bytes: [UInt8]) {
    switch self {
    case .claims: ("in.837", envelope(seeds.claims, &mutation))
    case .jsonClaims: ("in.json", mutate(seeds.jsonClaims, .json, &mutation))
    case .fhirClaims: ("in.json", mutate(seeds.fhirClaims, .json, &mutation))
    case .fhirMembers: ("members.json", mutate(seeds.fhirMembers, .json, &mutation))
    case .fhirRequest: ("request.json", mutate(seeds.fhirRequests, .json, &mutation))
    case .remittance: ("in.835", envelope(seeds.remittances, &mutation))
    case .enrollment: ("in.834", envelope(seeds.enrollments, &mutation))
    case .inquiry: ("in.270", envelope(seeds.inquiries, &mutation))
    case .plan: ("plan.yaml", mutate(seeds.plans, .yaml, &mutation))
    case .fees: ("fees.csv", mutate(seeds.fees, .csv, &mutation))
    case .members: ("members.csv", mutate(seeds.members, .csv, &mutation))
    case .payer: ("payer.yaml", mutate(seeds.payers, .yaml, &mutation))
    case .partner: ("partner.yaml", mutate(seeds.partners, .yaml, &mutation))
    case .table: table(seeds, &mutation)
    case .zip: zip(seeds, &mutation)
    }
  }

  private func mutate(_ seeds: [[UInt8]], _ grammar: Mutation.Grammar, _ mutation: inout Mutation) -> [UInt8] {
    guard !seeds.isEmpty else { return [] }
    let seed = mutation.generator.pick(seeds)
    return mutation.mutated(seed, grammar, others: seeds)
  }

  /// Corrects the counts in half of the inputs; otherwise none would pass the check of the envelope.
  private func envelope(_ seeds: [[UInt8]], _ mutation: inout Mutation) -> [UInt8] {
    let bytes = mutate(seeds, .x12, &mutation)
    return mutation.generator.isTrue(oneIn: 2) ? X12Counts.mended(bytes) : bytes
  }

  private func table(_ seeds: SeedInputs, _ mutation: inout Mutation) -> (String, [UInt8]) {
    let tables = seeds.tables
    let seed = mutation.generator.pick(tables)
    return (seed.name, mutation.mutated(seed.bytes, .csv, others: tables.map(\.bytes)))
  }

  private func zip(_ seeds: SeedInputs, _ mutation: inout Mutation) -> (String, [UInt8]) {
    let (name, content) = table(seeds, &mutation)
    let archive = StoredZip.archive(of: content, named: name)
    return (
      "files.zip", mutation.generator.isTrue(oneIn: 2) ? archive : mutation.mutated(archive, .bytes, others: [archive])
    )
  }

  /// Reads the whole input.
  ///
  /// - Returns: what the program would print about it.
  /// - Throws: `FuzzFault` if a result contains something that no reader may return.
  func read(_ bytes: [UInt8], name: String) throws -> [Printed] {
    switch self {
    case .claims, .jsonClaims, .fhirClaims: return try Self.claims(in: bytes, name)
    case .remittance: return try Self.remittance(in: bytes, name)
    case .fhirRequest: return Self.refusal { _ = try FHIREligibilityRequest(bytes) }
    case .enrollment, .fhirMembers: return try Self.enrollment(in: bytes)
    case .inquiry: return try Self.inquiries(in: bytes)
    case .plan: return Self.refusal { _ = try PlanFile(Self.file(name, bytes), feeSchedules: ["standard"]).plan() }
    case .fees: return Self.refusal { _ = try FeeScheduleFile(Self.file(name, bytes)).schedule() }
    case .members:
      return Self.refusal {
        _ = try MemberFile(Self.file(name, bytes), plans: ["PPO", "HMO", "HDHP"].map { PlanID($0) }).members()
      }
    case .payer: return Self.refusal { _ = try PayerFile(Self.file(name, bytes)).issuer() }
    case .partner: return Self.refusal { _ = try PartnerFile(Self.file(name, bytes)).profile() }
    case .table, .zip:
      return Self.refusal {
        for edition in try TableImport(setting: .practitioner).read(bytes, name: name).editions {
          _ = try ReferenceTables(reading: [try TableEdition(reading: edition.file, file: name)])
        }
      }
    }
  }

  private static func file(_ name: String, _ bytes: [UInt8]) -> SourceFile { SourceFile(name: name, bytes: bytes) }

  private static func refusal(_ read: () throws -> Void) -> [Printed] {
    do {
      try read()
      return []
    } catch {
      return [.text("\(error)")]
    }
  }

  private static func claims(in bytes: [UInt8], _ name: String) throws -> [Printed] {
    var reader = try ClaimFileReader(MemoryBytes(bytes))
    let table = ClaimTable(width: 120, color: false)
    var printed: [Printed] = []
    while let item = try reader.next() {
      switch item {
      case .claim(let claim, let place):
        try FuzzFault.check(claim)
        let report = ClaimReport(claimNumber: claim.claimNumber, status: .suspended, charge: claim.charge)
        printed += [.made(table.row(report)), .json(report.jsonLine), .text("\(place)")]
      case .rejected(let rejection):
        let reason = ClaimReport.Reason(code: "rejected", text: rejection.reason, location: "\(rejection.location)")
        let report = ClaimReport(
          claimNumber: rejection.claimNumber, status: .rejected, charge: rejection.charge, reason: reason)
        printed += [
          .made(table.row(report)), .json(report.jsonLine), .text("\(rejection.location): \(rejection.reason)"),
        ]
      case .fault(let fault): printed.append(.text("\(name): \(fault)"))
      }
    }
    return printed
  }

  private static func remittance(in bytes: [UInt8], _ name: String) throws -> [Printed] {
    var audit = try RemittanceFileAudit(MemoryBytes(bytes))
    var printed = (audit.envelopeFaults + [audit.refusal].compactMap(\.self)).map { Printed.text("\($0)") }
    while let verdict = try audit.next() {
      printed += [.text(verdict.text(file: name)), .json(verdict.jsonLine(file: name))]
    }
    return printed
  }

  private static func enrollment(in bytes: [UInt8]) throws -> [Printed] {
    var reader = try EnrollmentFileReader(MemoryBytes(bytes))
    var printed: [Printed] = []
    while let item = try reader.next() {
      switch item {
      case .fault(let fault): printed.append(.text("\(fault)"))
      case .member(let member):
        if member.problems.isEmpty {
          try FuzzFault.check(texts: [member.subscriberID?.text, member.ownID?.text] + member.coverages.map(\.plan))
        }
        printed.append(.text("\(member.location): \(member.problems.map(\.reason))"))
      }
    }
    return printed
  }

  private static func inquiries(in bytes: [UInt8]) throws -> [Printed] {
    var reader = try InquiryReader(MemoryBytes(bytes))
    var printed: [Printed] = []
    while let item = try reader.next() {
      switch item {
      case .fault(let fault): printed.append(.text("\(fault)"))
      case .inquiry(let inquiry):
        if inquiry.problems.isEmpty { try FuzzFault.check(texts: [inquiry.memberID?.text, inquiry.trace]) }
        printed.append(.text("\(inquiry.location): \(inquiry.problems.map(\.reason))"))
      }
    }
    return printed
  }
}

/// Output for a terminal.
enum Printed {
  /// Text that is printed line by line, after removing everything that acts on a terminal (`Output`, `Terminal`).
  case text(String)
  /// Text that was made fit for display when it was created.
  case made(String)
  case json([UInt8])

  var bytes: [UInt8] {
    switch self {
    case .text(let text): Array(text.displayedLines.utf8)
    case .made(let text): Array(text.utf8)
    case .json(let bytes): bytes
    }
  }
}

/// A result that no input may cause.
struct FuzzFault: Error, CustomStringConvertible {
  let description: String

  /// - Throws: `FuzzFault` if the claim contains something that the readers must keep out.
  static func check(_ claim: SubmittedClaim) throws {
    let bytes = try CanonicalJSON.bytes(of: claim)
    guard try StrictJSON.checked(bytes) == bytes else { throw FuzzFault(description: "a text is not composed") }
  }

  static func check(texts: [String?]) throws {
    for text in texts.compactMap(\.self) where text.holdsControl || !text.utf8.elementsEqual(text.composed.utf8) {
      throw FuzzFault(description: "a text holds a control character, or is not composed")
    }
  }

  /// - Throws: `FuzzFault` if the output acts on a terminal.
  static func check(output bytes: [UInt8]) throws {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FuzzFault(description: "the output is not UTF-8")
    }
    for scalar in text.unicodeScalars where scalar != "\n" {
      switch scalar.value {
      case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x2029, 0x202A...0x202E, 0x2066...0x2069:
        throw FuzzFault(description: "the output holds U+\(String(scalar.value, radix: 16))")
      default: continue
      }
    }
  }
}
