package import ClaimFormats
package import ClaimsDomain
import DurableExecution
import Synchronization

/// Reads the inputs one after another and hands out their items in batches. It holds at most one batch of claims in
/// memory, however long the files are.
package actor ClaimFeed {
  private var sources: ArraySlice<ClaimSource>
  private var current: Open?
  /// The last entry read, held back until it is known whether its input has another.
  private var held: Entry?
  private let partners: PartnerProfiles
  private let forms: FormIntake?
  private let stated: StatedDays?
  /// Standard input, if its digest was asked for. It can be read only once from outside.
  private var standardInput: (any ClaimBytes)?
  /// Lives outside the actor's isolation, because the actor may be waiting for a pipe.
  private nonisolated let stopped = Atomic<Bool>(false)
  private var bytesBefore: Int64 = 0
  /// The total size in bytes; nil when an input has no known length.
  package nonisolated let size: Int64?

  /// - Parameters:
  ///   - partners: the agreements with senders of X12.
  ///   - forms: what takes in paper forms; nil where they are not read.
  ///   - stated: takes the day of receipt of each claim from its file; nil where the day of the run counts.
  package init(
    _ sources: [ClaimSource], partners: PartnerProfiles = PartnerProfiles(), forms: FormIntake? = nil,
    stated: StatedDays? = nil
  ) {
    self.sources = sources[...]
    self.partners = partners
    self.forms = forms
    self.stated = stated
    let sizes = sources.map(\.size)
    size = sizes.contains(nil) ? nil : sizes.compactMap(\.self).reduce(0, +)
  }

  /// Stops handing out items. Work under way is finished, and then the run ends.
  package nonisolated func stop() { stopped.store(true, ordering: .relaxed) }

  /// Whether `stop()` was called.
  package nonisolated var isStopped: Bool { stopped.load(ordering: .relaxed) }

  /// How many bytes the items that were returned took. More may be read already, as a file is read in large parts.
  private var position: Int64 {
    guard let current else { return bytesBefore }
    return bytesBefore + Int64(current.reader.position)
  }

  /// Returns SHA-256 of the content of all inputs, whatever they are called. Call this before `next(upTo:)`.
  ///
  /// An input that cannot be read counts as empty here; it is reported as a fault in its turn.
  ///
  /// - Throws: `InputError` when this machine runs short of a resource.
  package func contentDigest() throws(InputError) -> String {
    var digests: [String] = []
    for source in sources {
      do {
        let bytes = try source.open { isStopped }
        digests.append(try bytes.sha256 { isStopped })
        if source.isStandardInput { standardInput = bytes }
      } catch {
        guard !error.isShortage else { throw error }
        digests.append(ContentDigest.sha256([]))
      }
    }
    return digests.count == 1 ? digests[0] : ContentDigest.sha256(digests.joined(separator: "\n").utf8)
  }

  /// Returns the next claims, rejections, and faults in the order of the files; nil at the end. Do not call it again before
  /// it has returned.
  ///
  /// - Parameter count: the number of claims to return at most.
  /// - Throws: `InputError` when this machine runs short of a resource. That is not the file's fault, and the files
  ///   after it are not read. `StoreFailure` when a paper form cannot be put on record.
  package func next(upTo count: Int) async throws -> [Entry]? {
    var batch: [Entry] = []
    var claims = 0
    while claims < count, batch.count < count * 4, !isStopped, let entry = try await nextEntry() {
      batch.append(entry)
      if case .claim = entry.item { claims += 1 }
    }
    return batch.isEmpty ? nil : batch
  }

  private func nextEntry() async throws -> Entry? {
    while true {
      if current != nil {
        if let entry = try entryOfCurrent() { return entry }
      } else if let last = held.take() {
        return last
      } else {
        guard let source = sources.popFirst() else { return nil }
        guard let fault = try await open(source) else { continue }
        return Entry(source: source.name, item: .fault(fault), endsSource: true, position: position)
      }
    }
  }

  /// Reads one item ahead, so that the last entry of an input is known as such.
  ///
  /// - Returns: nil when the entry that was read is held back.
  private func entryOfCurrent() throws(InputError) -> Entry? {
    let before = held.take()
    do throws(InputError) {
      if var next = try current?.next(stated) {
        next.position = position
        held = next
        return before
      }
      var last = before ?? current?.emptiness
      close()
      last?.endsSource = true
      last?.position = position
      return last
    } catch {
      guard !error.isShortage else { throw error }
      let name = current?.source.name ?? ""
      close()
      held = Entry(source: name, item: .fault(.unreadable(error)), endsSource: true, position: position)
      return before
    }
  }

  private func open(_ source: ClaimSource) async throws -> FileFault? {
    do {
      let bytes = MeteredBytes(try bytes(of: source))
      let reader = try ClaimFileReader(bytes, partners: partners)
      guard reader.format == .form, let forms else {
        current = Open(source: source, bytes: bytes, reader: .claims(reader))
        return nil
      }
      guard let content = try bytes.all(upTo: FormIntake.fileLimit) else { return .tooLargeForForms }
      let taken = try await forms.take(content, from: source.name)
      current = Open(source: source, bytes: bytes, reader: .forms(taken[...]))
      return nil
    } catch let error as InputError {
      guard !error.isShortage else { throw error }
      return isStopped ? nil : .unreadable(error)
    }
  }

  private func bytes(of source: ClaimSource) throws(InputError) -> any ClaimBytes {
    if source.isStandardInput, let spooled = standardInput.take() { return spooled }
    return try source.open { isStopped }
  }

  private func close() {
    bytesBefore += current?.source.size ?? Int64(current?.bytes.position ?? 0)
    current = nil
  }
}
