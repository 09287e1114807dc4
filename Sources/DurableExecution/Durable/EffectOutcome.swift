/// The outcome of asking for an effect.
struct EffectOutcome<Request: Sendable, Response: Sendable>: Sendable {
  let request: Request
  let key: KeyText
  let outcome: ActivityOutcome<Response>

  var isOpen: Bool {
    if case .inProgress = outcome { true } else { false }
  }

  var answer: (request: Request, result: Result<Response, any Error>) { (request: request, result: result) }

  /// Whether the outcome is on record.
  var isSettled: Bool {
    switch outcome {
    case .completed: true
    case .failed(let failure, _): failure.isTerminal
    case .inProgress, .mismatch: false
    }
  }

  var result: Result<Response, any Error> {
    switch outcome {
    case .completed(let done): .success(done.response)
    case .failed(let failure, _) where failure.isTerminal: .failure(EffectRefusal(failure.code, failure.message))
    case .failed(.responseNotStorable, _): .failure(EffectError.responseNotStorable(key: key.text))
    case .failed, .inProgress: .failure(EffectError.inProgress(key: key.text))
    case .mismatch: .failure(EffectError.otherRequest(key: key.text))
    }
  }
}

extension ResponseCoding {
  /// Returns a response as every later caller reads it.
  ///
  /// - Throws: `EffectError.responseNotStorable` if the response cannot be written, or what is written cannot be read.
  static func readBack<Response: Codable>(_ response: Response, of key: KeyText) throws -> Response {
    do {
      return try decode(Response.self, from: stored(response).bytes, of: key)
    } catch {
      throw EffectError.responseNotStorable(key: key.text)
    }
  }
}
