package import ClaimFormats
package import ClaimsDomain
import DurableExecution
import Synchronization

/// Reads the inputs one after another and hands out their items in batches. It holds at most one batch of claims in
/// memory, however long the files are.
package actor ClaimFeed {
  /// One claim, rejection, fault, or form that is no claim, and the input it came from.
  package struct Entry: Sendable {
    package let source: String
    package let item: Item
    /// How many bytes of all inputs the entries up to this one took.
    package var position: Int64 = 0
  }

  package enum Item: Sendable {
    /// A claim, with the location where it begins.
    case claim(SubmittedClaim, at: SourceLocation)
    case rejected(ClaimRejection)
    /// A fault of the file rather than of one claim.
    case fault(FileFault)
    /// A paper form that is on record, and is not a claim.
    case form(KeptForm)
  }

  private struct Open {
    let source: ClaimSource
    let bytes: MeteredBytes
    var reader: Reader
    var hadClaims = false
  }

  private enum Reader {
    case claims(ClaimFileReader)
    /// The items of a file of paper forms, which is read as a whole.
    case forms(ArraySlice<FormIntake.Taken>)

    /// The number of bytes that the items returned so far took; 0 for paper forms, which are read as a whole.
    var position: Int {
      switch self {
      case .claims(let reader): reader.position
      case .forms: 0
      }
    }

    mutating func next() throws(InputError) -> Item? {
      switch self {
      case .claims(var reader):
        // The reader's buffer is not shared, or it would be copied.
        self = .forms([])
        let item = try reader.next()
        self = .claims(reader)
        return item.map(Item.init)
      case .forms(var taken):
        let first = taken.popFirst()
        self = .forms(taken)
        return first.map(Item.init)
      }
    }
  }

  private var sources: ArraySlice<ClaimSource>
  private var current: Open?
  private let partners: PartnerProfiles
  private let forms: FormIntake?
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
  package init(
    _ sources: [ClaimSource], partners: PartnerProfiles = PartnerProfiles(), forms: FormIntake? = nil
  ) {
    self.sources = sources[...]
    self.partners = partners
    self.forms = forms
    let sizes = sources.map(\.size)
    size = sizes.contains(nil) ? nil : sizes.compactMap(\.self).reduce(0, +)
  }

  /// Stops handing out items. Work under way is finished, and then the run ends.
  package nonisolated func stop() { stopped.store(true, ordering: .relaxed) }

  /// Whether `stop()` was called.
  package nonisolated var isStopped: Bool { stopped.load(ordering: .relaxed) }

  /// How many bytes the entries that were handed out took. More may be read already, as a file is read in large parts.
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
    while claims < count, batch.count < count * 4, !isStopped, var entry = try await nextEntry() {
      entry.position = position
      batch.append(entry)
      if case .claim = entry.item { claims += 1 }
    }
    return batch.isEmpty ? nil : batch
  }

  private func nextEntry() async throws -> Entry? {
    while true {
      guard current != nil else {
        guard let source = sources.popFirst() else { return nil }
        if let fault = try await open(source) { return Entry(source: source.name, item: .fault(fault)) }
        continue
      }
      do {
        if let entry = try entryOfCurrent() { return entry }
      } catch {
        guard !error.isShortage else { throw error }
        let name = current?.source.name ?? ""
        close()
        return Entry(source: name, item: .fault(.unreadable(error)))
      }
    }
  }

  private func entryOfCurrent() throws(InputError) -> Entry? {
    guard let item = try current?.reader.next() else {
      let empty = current.flatMap { $0.hadClaims ? nil : Entry(source: $0.source.name, item: .fault(.noClaims)) }
      close()
      return empty
    }
    current?.hadClaims = true
    return current.map { Entry(source: $0.source.name, item: item) }
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

extension ClaimFeed.Item {
  fileprivate init(_ item: IntakeItem) {
    switch item {
    case .claim(let claim, let location): self = .claim(claim, at: location)
    case .rejected(let rejection): self = .rejected(rejection)
    case .fault(let fault): self = .fault(fault)
    }
  }

  fileprivate init(_ taken: FormIntake.Taken) {
    switch taken {
    case .item(let item): self.init(item)
    case .kept(let form): self = .form(form)
    }
  }
}

extension ClaimBytes {
  /// Returns all bytes; nil if there are more than the limit.
  fileprivate func all(upTo limit: Int) throws(InputError) -> [UInt8]? {
    var (content, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 18))
    while true {
      let offset = content.count
      let count = try buffer.withUnsafeMutableBufferPointer { buffer throws(InputError) in
        try read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
      }
      guard count > 0 else { return content }
      content += buffer[..<count]
      guard content.count <= limit else { return nil }
    }
  }

  /// Returns the digest of all bytes, or of those that were read when `givesUp` returned true.
  fileprivate func sha256(givesUp: () -> Bool) throws(InputError) -> String {
    var digest = RunningDigest()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 1)
    defer { buffer.deallocate() }
    var offset = 0
    while !givesUp() {
      let count = try read(at: offset, into: buffer)
      guard count > 0 else { break }
      digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      offset += count
    }
    return digest.sha256
  }
}

extension FileFault {
  fileprivate static func unreadable(_ error: InputError) -> FileFault {
    FileFault(what: "it cannot be read: \(error)", advice: "check that it is there and that you may read it")
  }

  fileprivate static let tooLargeForForms = FileFault(
    what: "a file of paper forms has at most \(FormIntake.fileLimit / (1024 * 1024)) MB",
    advice: "send its pages in several files")

  fileprivate static let noClaims = FileFault(
    what: "there is no claim in it", advice: "name a file with 837, FHIR or JSON claims")
}
