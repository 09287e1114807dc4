import ClaimFormats
import ClaimStore
import DurableExecution
import Hummingbird

/// The first of two phases for the effects of other agents. The owner of a key puts on record under which tracking id
/// another system will know the work, acts there, and reports the outcome. An owner after it asks that system first.
struct PreparationRoutes {
  private let keys: KeyService<ClaimStore>

  private static let bodyLimit = 4 * 1024

  init(_ store: ClaimStore) {
    keys = KeyService(store: store)
  }

  func add(to group: RouterGroup<APIRequestContext>) {
    group.post("effects/prepare", use: prepare)
    group.get("effects/tracking/:id", use: tracked)
  }

  @Sendable private func prepare(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let caller = try context.requireCaller()
    let document = try PrepareDocument(body: try await request.bytes(upTo: Self.bodyLimit))
    let asked = PrepareRequest(
      key: try document.key.scoped(to: caller), epoch: Epoch(document.epoch),
      trackingID: try document.trackingID?.checkedTrackingID("tracking_id"),
      replacing: try document.replaces?.checkedTrackingID("replaces"), scope: caller.name)
    switch try await keys.prepare(asked) {
    case .prepared(let response, let isRepeat): return APIAnswer(response).response(isReplay: isRepeat)
    case .refused(let refusal): throw APIProblem(refusal)
    }
  }

  /// Answers what became of the key that was prepared under a tracking id.
  @Sendable private func tracked(_ request: Request, _ context: APIRequestContext) async throws -> Response {
    let caller = try context.requireCaller()
    let id = try (context.parameters.get("id") ?? "").checkedTrackingID("the tracking id")
    guard let (record, last) = try await keys.record(trackedBy: id, in: caller.name) else {
      throw APIProblem.notFound("you have prepared nothing under this tracking id")
    }
    return APIAnswer.json { json in
      json.object { json in
        json.member("key", record.key.unscoped)
        json.member("epoch", Int(record.epoch.number))
        last.write(to: &json)
        record.writeResponse(to: &json)
      }
    }.response()
  }
}

/// Puts on record what the owner of a key is about to do.
struct PrepareDocument: RequestDocument {
  let key: String
  let epoch: Int64
  let trackingID: String?
  let replaces: String?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case key, epoch, replaces
    case trackingID = "tracking_id"
  }
}

extension Preparation? {
  /// Writes the tracking id and the epoch of a key's last preparation; null for a key that was never prepared.
  func write(to json: inout OrderedJSON) {
    json.member("tracking_id", self?.trackingID.text)
    json.member("prepared_epoch", self.map { Int($0.epoch.number) }) { $0.integer($1) }
  }
}

extension Preparation {
  fileprivate func write(to json: inout OrderedJSON) { Optional(self).write(to: &json) }
}

extension String {
  /// A tracking id is part of a path, so it has only characters that mean nothing there.
  ///
  /// - Throws: `APIProblem.malformed`.
  fileprivate func checkedTrackingID(_ name: String) throws(APIProblem) -> TrackingID {
    guard wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._~-]{0,99}/) != nil else {
      throw .malformed("\(name) must be 1 to 100 letters, digits and . _ ~ -, and begin with a letter or a digit")
    }
    return TrackingID(self)
  }
}

extension APIProblem {
  fileprivate init(_ refusal: PrepareRefusal) {
    switch refusal {
    case .fenced: self = .fenced
    case .unknownKey: self = .notFound("you have used no such key")
    case .closed:
      self.init(409, "conflicting", "Outcome on Record", "the key has its outcome already; nothing was prepared")
    case .preparedOtherwise:
      self.init(
        409, "prepared-otherwise", "Prepared Under Another Tracking ID",
        "you have prepared the key under another tracking id, which effects/check names; act under that one")
    case .inDoubt:
      self.init(
        409, "in-doubt", "Another Owner May Have Acted",
        "an earlier owner prepared under another tracking id, which effects/check names; ask the other system about it, "
          + "and prepare under the same, or name it in replaces if nothing was done under it")
    case .nothingToReplace:
      self = .refused("replaces is not the tracking id of the last preparation, which effects/check names")
    case .trackingIDInUse: self = .refused("the tracking id belongs to another of your keys; take another one")
    }
  }
}
