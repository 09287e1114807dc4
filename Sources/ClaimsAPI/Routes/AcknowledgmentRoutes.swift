import ClaimFormats
import ClaimOperations
import ClaimsApp
import Hummingbird

/// Answers X12 837 files with a 999 and a 277CA, as `claims ack` does. It writes nothing to the store, so it takes no key.
struct AcknowledgmentRoutes {
  let app: ClaimsApp
  let settings: ServiceSettings

  func add(to group: RouterGroup<APIRequestContext>) {
    group.post("acknowledgments", use: answer)
  }

  @Sendable private func answer(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let body = try await request.bytes(upTo: settings.bodyLimit)
    guard !body.isEmpty else { throw APIProblem.malformed("the body is empty; send an X12 837 file") }
    var texts = AcknowledgmentTexts()
    let acknowledgment = FileAcknowledgment(app.store, partners: app.partners, waitsForAll: true)
    let answered: AcknowledgedInput?
    do {
      answered = try await acknowledgment.answer(MemoryBytes(body), to: &texts)
    } catch let error as X12WriteError {
      throw APIProblem.refused("an answer cannot be written as X12: \(error)")
    }
    guard let answered else { throw APIProblem.malformed("the body is not X12: only X12 837 files are acknowledged") }
    guard answered.waiting == 0 else { throw APIProblem.notThroughIntake(answered.waiting) }
    return APIAnswer.json { json in
      json.object { json in
        answered.write(to: &json)
        json.key("answers")
        json.object { json in
          for answer in AcknowledgmentAnswer.allCases {
            json.member(answer.rawValue, texts.answers[answer].map { String(decoding: $0, as: UTF8.self) })
          }
        }
      }
    }.response()
  }
}

extension AcknowledgedInput {
  fileprivate func write(to json: inout OrderedJSON) {
    json.member("accepted", accepted)
    json.member("rejected", rejected)
    json.member("unreadable", unreadable)
    json.member("unanswered", unanswered)
  }
}

extension APIProblem {
  fileprivate static func notThroughIntake(_ count: Int) -> APIProblem {
    APIProblem(
      409, "in-progress", "Claims Not Taken In",
      "\(count) claims of the file are not through intake; ask again when workers have had them, or submit the file if "
        + "nobody has", retryAfter: 30)
  }
}
