package import ClaimsDomain

/// Reads a file of claims in any supported format but paper forms, in constant memory.
package struct ClaimFileReader {
  private enum Reader {
    case x12(X12Reading)
    case json(JSONClaimReader)
    case fhir(FHIRReading)
    case unreadable(FileFault)
    case done
  }

  private var reader: Reader
  /// Nil when the format is not supported. Its only item, as that of a paper form, is then a fault that says so.
  package let format: ClaimFileFormat?
  private var isForeignFormat = false

  /// Detects the format from the beginning. An X12 file is checked as a whole (see `X12ClaimReader`).
  ///
  /// - Parameters:
  ///   - partners: The agreements with senders of X12.
  ///   - notesDeviations: Whether `guideDeviations` are collected.
  /// - Throws: `InputError` when the source cannot be read.
  package init(
    _ source: any ClaimBytes, partners: PartnerProfiles = PartnerProfiles(), notesDeviations: Bool = false
  ) throws(InputError) {
    var window = ByteWindow(of: source, capacity: ClaimFileFormat.reach)
    try window.require(ClaimFileFormat.reach)
    do throws(FileFault) {
      format = try ClaimFileFormat.detect(window.bytes[window.unread])
    } catch {
      format = nil
      reader = .unreadable(error)
      isForeignFormat = ClaimFileFormat.isForeign(error)
      return
    }
    switch format {
    case .x12:
      reader = .x12(
        X12Reading(try X12ClaimReader(source, partners: partners, notesDeviations: notesDeviations)))
    case .fhir: reader = .fhir(FHIRReading(try FHIRClaimReader(source, partners: partners)))
    case .json: reader = .json(JSONClaimReader(source, partners: partners))
    case .form, nil: reader = .unreadable(.paperForm)
    }
  }

  /// Whether the file, as far as it was read, is about something else than claims. False for what may be claims that are
  /// damaged, compressed, or still on their way: an empty file, an archive, X12 without its envelope.
  package var isForeign: Bool {
    switch reader {
    case .x12(let x12): x12.reader.isForeign
    case .fhir(let fhir): fhir.reader.isForeign
    case .json: false
    case .unreadable, .done: isForeignFormat
    }
  }

  /// How the X12 claims read so far deviate from their guides without being rejected for it.
  package var guideDeviations: [GuideDeviation] {
    if case .x12(let x12) = reader { x12.reader.guideDeviations } else { [] }
  }

  /// The day on which the claim returned last was made, as the file says; nil when the last item was no claim that could
  /// be read.
  package var statedDay: StatedDay? {
    switch reader {
    case .x12(let x12): x12.reader.batch?.made
    case .json(let json): json.statedDay
    case .fhir(let fhir): fhir.reader.statedDay
    case .unreadable, .done: nil
    }
  }

  /// The number of bytes that the items returned so far took, with what stands between them.
  package var position: Int {
    switch reader {
    case .x12(let x12): x12.reader.position
    case .json(let json): json.position
    case .fhir(let fhir): fhir.reader.position
    case .unreadable, .done: 0
    }
  }

  /// Returns the next claim, rejection, or fault; nil at the end.
  ///
  /// - Throws: `InputError` when the source cannot be read.
  package mutating func next() throws(InputError) -> IntakeItem? {
    switch reader {
    case .x12(let x12):
      return try x12.reader.next()
    case .json(var json):
      reader = .done
      let item = try json.next()
      reader = .json(json)
      return item
    case .fhir(let fhir):
      return try fhir.reader.next()
    case .unreadable(let fault):
      reader = .done
      return .fault(fault)
    case .done:
      return nil
    }
  }
}

extension FileFault {
  /// Paper forms are read by tools outside this process, and not by a reader of bytes.
  package static let paperForm = FileFault(
    what: "this is a paper form, and paper forms are not read here",
    advice: "send it with `claims process`, `claims submit` or over HTTP")
}

/// Holds the X12 reader by reference, since it is too large to move for every claim.
private final class X12Reading {
  var reader: X12ClaimReader

  init(_ reader: X12ClaimReader) {
    self.reader = reader
  }
}

/// Holds the FHIR reader by reference, with its index of the file.
private final class FHIRReading {
  var reader: FHIRClaimReader

  init(_ reader: FHIRClaimReader) {
    self.reader = reader
  }
}
