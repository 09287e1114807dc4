package import ClaimFormats
package import ClaimOperations
package import ClaimPipeline
import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Says under which keys the claims of an input will be acted on, without acting: `claims keys predict`, and the same over
/// HTTP.
package struct KeyPrediction: Sendable {
  private let processor: ClaimProcessor

  /// Claims that are decided together, so that each sees what those before it would use.
  private static let batch = 500

  package init(_ processor: ClaimProcessor) {
    self.processor = processor
  }

  /// What is known of one item of the input.
  package enum Item: Sendable {
    case claim(ClaimNumber, PredictedKeys)
    /// What is no claim, and why.
    case fault(source: String, why: String)
    /// A file of a folder that holds no claims.
    case passedOver(source: String, FileFault)
  }

  /// - Parameter tell: receives each item: of a part of the input the faults, then the claims.
  /// - Throws: `InputError`, `StoreFailure`.
  package func run(over feed: ClaimFeed, tell: (Item) throws -> Void) async throws {
    while let entries = try await feed.next(upTo: Self.batch) {
      var claims: [SubmittedClaim] = []
      for entry in entries {
        switch entry.item {
        case .claim(let claim, _): claims.append(claim)
        case .rejected(let rejection): try tell(.fault(source: entry.source, why: "\(rejection)"))
        case .fault(let fault): try tell(.fault(source: entry.source, why: "\(fault)"))
        case .form(let form): try tell(.fault(source: entry.source, why: form.waitsFor))
        case .passedOver(let fault): try tell(.passedOver(source: entry.source, fault))
        }
      }
      let placed = claims.placed
      let numbers = Answers(placed.map { ($0.place, $0.value.claimNumber) })
      for predicted in try await processor.predictedKeys(of: placed) {
        guard let number = numbers[predicted.place] else { continue }
        try tell(.claim(number, predicted.value))
      }
    }
  }
}

extension PredictedKeys {
  /// The keys by the names of their effects, in the order in which they are used; empty where there are none.
  package var named: [(name: String, key: KeyText)] {
    guard case .keys(let keys) = self else { return [] }
    let all: [(String, KeyText?)] = [
      ("intake", keys.intake), ("elig", keys.eligibility), ("adj", keys.adjudication), ("pay", keys.payment),
      ("audit", keys.audit),
    ]
    return all.compactMap { name, key in key.map { (name, $0) } }
  }

  package func write(to json: inout OrderedJSON, of number: ClaimNumber) {
    json.object { json in
      json.member("claim_number", number.text)
      for (name, key) in named { json.member(name, key.text) }
      if case .none(let why) = self { json.member("none", why) }
    }
  }
}
