package import ClaimFormats
package import ClaimsDomain

extension ClaimFeed {
  /// One claim, rejection, fault, or form that is no claim, and the input it came from.
  package struct Entry: Sendable {
    package let source: String
    package let item: Item
    /// The day on which the claim counts as received, if that is the day which its file states; nil for the day of the run.
    package var receivedOn: CalendarDate?
    /// Whether the input has nothing after this, and was read to its end or as far as it can be.
    package var endsSource = false
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
    /// The file was found in a folder, and is about something else than claims.
    case passedOver(FileFault)
  }

  /// An input that is being read.
  struct Open {
    let source: ClaimSource
    let bytes: MeteredBytes
    var reader: Reader
    var hadItems = false
    /// Follows what was returned last.
    private var following: Entry?
    /// The location of the last stated day that was reported as unusable. All claims of a transaction share its day, so it
    /// is reported once.
    private var placeOfDay: SourceLocation?

    init(source: ClaimSource, bytes: MeteredBytes, reader: Reader) {
      (self.source, self.bytes, self.reader) = (source, bytes, reader)
    }

    /// - Parameter stated: takes the day of receipt from the file; nil where the day of the run counts.
    mutating func next(_ stated: StatedDays?) throws(InputError) -> Entry? {
      if let following = following.take() { return following }
      guard let read = try reader.next() else { return nil }
      hadItems = true
      switch read.item {
      case .fault(let fault) where source.isFromFolder && reader.isForeign: return entry(.passedOver(fault))
      case .claim(let claim, _):
        guard let stated, let made = read.made else { return entry(read.item, stated == nil ? nil : read.receivedOn) }
        do throws(FileFault) {
          return entry(read.item, try stated.day(made))
        } catch {
          return refuse(claim, error)
        }
      default: return entry(read.item)
      }
    }

    private func entry(_ item: Item, _ receivedOn: CalendarDate? = nil) -> Entry {
      Entry(source: source.name, item: item, receivedOn: receivedOn)
    }

    /// Rejects a claim because of the day that its file states. If the day is that of a whole transaction, a fault is
    /// reported once, before the transaction's claims.
    private mutating func refuse(_ claim: SubmittedClaim, _ fault: FileFault) -> Entry {
      let rejection = entry(.rejected(ClaimRejection(of: claim, for: fault)))
      guard fault.location?.unit == .segment, fault.location != placeOfDay else { return rejection }
      placeOfDay = fault.location
      following = rejection
      return entry(.fault(fault))
    }

    /// What there is to say about an input without any item; nil if it had some.
    var emptiness: Entry? {
      guard !hadItems else { return nil }
      let isForeign = source.isFromFolder && reader.isForeign
      return Entry(source: source.name, item: isForeign ? .passedOver(.noClaims) : .fault(.noClaims))
    }
  }

  enum Reader {
    case claims(ClaimFileReader)
    /// The items of a file of paper forms, which is read as a whole.
    case forms(ArraySlice<FormIntake.Taken>)

    var isForeign: Bool { if case .claims(let reader) = self { reader.isForeign } else { false } }

    /// The number of bytes that the items returned so far took; 0 for paper forms, which are read as a whole.
    var position: Int { if case .claims(let reader) = self { reader.position } else { 0 } }

    /// An item, with the day on which its file says that it was made, or with the day of receipt of a paper form.
    struct Read {
      let item: Item
      var made: StatedDay?
      var receivedOn: CalendarDate?
    }

    fileprivate mutating func next() throws(InputError) -> Read? {
      switch self {
      case .claims(var reader):
        // The reader's buffer is not shared, or it would be copied.
        self = .forms([])
        let item = try reader.next()
        self = .claims(reader)
        return item.map { Read(item: Item($0), made: reader.statedDay) }
      case .forms(var taken):
        let first = taken.popFirst()
        self = .forms(taken)
        return first.map { taken in
          switch taken {
          case .item(let item, let receivedOn): Read(item: Item(item), receivedOn: receivedOn)
          case .kept(let form): Read(item: .form(form))
          }
        }
      }
    }
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
}

extension FileFault {
  static func unreadable(_ error: InputError) -> FileFault {
    FileFault(what: "it cannot be read: \(error)", advice: "check that it is there and that you may read it")
  }

  static let tooLargeForForms = FileFault(
    what: "a file of paper forms has at most \(FormIntake.fileLimit / (1024 * 1024)) MB",
    advice: "send its pages in several files")

  fileprivate static let noClaims = FileFault(
    what: "there is no claim in it", advice: "name a file with 837, FHIR or JSON claims")
}
