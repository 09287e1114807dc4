import ClaimFormats
import ClaimsDomain
import DurableExecution
import Foundation

/// What each agent did to a claim, and when, as a waterfall: a bar from when an effect's key was acquired to when its
/// outcome was stored.
struct Timeline: Sendable {
  struct Row: Sendable {
    let agent: String
    let effect: String
    let status: String
    /// The bar's place and length, of 1000.
    let x: Int
    let width: Int
    let began: String
    let took: String
    /// Attempts, takeovers and releases; nil for an effect that was done at the first try by its first owner.
    let remark: String?
    let path: String
    /// How deep in the lineage the effect is, for the indentation.
    let depth: Int
    let events: [Mark]
  }

  /// An entry of the history.
  struct Mark: Sendable {
    let x: Int
    let type: String
    let at: String
  }

  let rows: [Row]
  let span: String

  /// - Parameter now: where the bars of effects under way end.
  init(_ records: [KeyRecord], _ events: [EffectEvent], of claim: ClaimIntakeID, at now: Timestamp) {
    let first = records.map(\.createdAt.microseconds).min() ?? 0
    let ends = records.map { $0.endsAt(or: now) }
    let last = max(ends.max() ?? first, events.map(\.at.microseconds).max() ?? first)
    let scale = Scale(first: first, last: last)
    span = "\(scale.text(of: last - first)) from \(Timestamp(microseconds: first).text)"
    rows = records.enumerated().map { index, record in
      let began = record.createdAt.microseconds
      return Row(
        agent: record.agent.description, effect: record.key.effect, status: record.status.rawValue,
        x: scale.place(began), width: max(4, scale.place(ends[index]) - scale.place(began)),
        began: "+\(scale.text(of: began - first))",
        took: record.status == .pending
          ? "under way" : ends[index] == began ? "one commit" : scale.text(of: ends[index] - began),
        remark: record.remark, path: "/claims/\(claim)/keys/\(index + 1)", depth: record.depth(among: records),
        events: events.filter { $0.key == record.key }.map {
          Mark(x: scale.place($0.at.microseconds), type: $0.type, at: $0.at.text)
        })
    }
  }

  /// Places instants on an axis of 1000.
  private struct Scale {
    let first: Int64
    let last: Int64

    func place(_ instant: Int64) -> Int {
      last == first ? 0 : Int((instant - first) * 990 / (last - first))
    }

    func text(of microseconds: Int64) -> String {
      switch microseconds {
      case 0: "0"
      case ..<1_000: "\(microseconds) µs"
      case ..<1_000_000: "\(microseconds / 1_000) ms"
      case ..<120_000_000: "\(microseconds / 1_000_000) s"
      case ..<7_200_000_000: "\(microseconds / 60_000_000) min"
      case ..<172_800_000_000: "\(microseconds / 3_600_000_000) h"
      default: "\(microseconds / 86_400_000_000) days"
      }
    }
  }
}

extension KeyRecord {
  fileprivate func endsAt(or now: Timestamp) -> Int64 {
    switch state {
    case .pending: now.microseconds
    case .completed(_, let at), .failed(_, let at): at.microseconds
    }
  }

  fileprivate var remark: String? {
    var parts: [String] = []
    if attempts > 1 { parts.append("\(attempts) attempts") }
    if epoch > .first { parts.append("epoch \(epoch): taken over, or released by a person") }
    if isArchived { parts.append("in the archive") }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  fileprivate func depth(among records: [KeyRecord]) -> Int {
    var depth = 0
    var parent = self.parent
    while let name = parent, depth < records.count {
      depth += 1
      parent = records.first { $0.childKey == name || $0.key.text == name }?.parent
    }
    return depth
  }
}

extension Timestamp {
  /// The instant in UTC, to the second.
  var text: String {
    Date(timeIntervalSince1970: Double(microseconds / 1_000_000))
      .formatted(.iso8601.dateSeparator(.dash).timeSeparator(.colon).dateTimeSeparator(.space))
  }
}
