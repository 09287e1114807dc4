import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Keys for the effects of this agent, kept by a service.
struct EffectKeys {
  private let url: URL
  private let token: String

  /// Returns nil if the environment does not name the service and a token for it.
  init?(_ environment: [String: String]) {
    guard let url = environment["PAIDONCE_URL"].flatMap({ URL(string: $0) }), let token = environment["PAIDONCE_TOKEN"]
    else { return nil }
    (self.url, self.token) = (url, token)
  }

  /// A key that is this agent's until its lease ends.
  struct Owned: Decodable {
    let epoch: Int
    let takenOver: Bool
    let trackingID: String

    enum CodingKeys: String, CodingKey {
      case epoch
      case takenOver = "taken_over"
      case trackingID = "tracking_id"
    }
  }

  enum Answer {
    case owned(Owned)
    /// The effect is done.
    case replayed
    case refused(String)
  }

  /// Asks for a key until it is ours or its effect is done.
  func acquire(_ key: String, fingerprint: String) async throws -> Answer {
    struct Request: Encodable {
      let key: String
      let fingerprint: String
      let leaseSeconds = 2
    }
    struct Outcome: Decodable {
      let outcome: String
    }
    while true {
      let (status, body) = try await post("acquire", Request(key: key, fingerprint: fingerprint))
      switch status {
      case 200:
        let isReplay = try JSONDecoder().decode(Outcome.self, from: body).outcome == "replayed"
        return isReplay ? .replayed : .owned(try JSONDecoder().decode(Owned.self, from: body))
      case 409: try await Task.sleep(for: .milliseconds(200))
      default: return .refused(String(decoding: body, as: UTF8.self))
      }
    }
  }

  /// Puts on record under which ID another system will know the effect. The next owner asks there before it acts.
  ///
  /// - Throws: `Refusal` if another owner has the key by now.
  func prepare(_ key: String, epoch: Int, trackingID: String) async throws {
    struct Intent: Encodable {
      let key: String
      let epoch: Int
      let trackingId: String
    }
    let (status, answer) = try await post("prepare", Intent(key: key, epoch: epoch, trackingId: trackingID))
    guard status == 200 else { throw Refusal(answer: String(decoding: answer, as: UTF8.self)) }
  }

  /// Reports the outcome of an effect. The service stores the body unchanged, and returns it to every later request for
  /// the key.
  ///
  /// - Throws: `Refusal` if another owner has the key by now.
  func complete(_ key: String, epoch: Int, body: String) async throws {
    struct Report: Encodable {
      let key: String
      let epoch: Int
      let body: String
    }
    let (status, answer) = try await post("complete", Report(key: key, epoch: epoch, body: body))
    guard status == 200 else { throw Refusal(answer: String(decoding: answer, as: UTF8.self)) }
  }

  struct Refusal: Error {
    let answer: String
  }

  private func post(_ operation: String, _ document: some Encodable) async throws -> (status: Int, body: Data) {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    var request = URLRequest(url: url.appending(path: "v1/effects/\(operation)"), timeoutInterval: 30)
    request.httpMethod = "POST"
    request.httpBody = try encoder.encode(document)
    request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
    request.setValue("ShippingAgent/1.0.0", forHTTPHeaderField: "X-Actor")
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    let (body, response) = try await URLSession.shared.data(for: request)
    return ((response as? HTTPURLResponse)?.statusCode ?? 0, body)
  }
}
