import ClaimFormats

/// Why a run of a tool gave nothing. Whatever the tool said is not repeated: it quotes the file.
struct ToolFailure: Error, Hashable {
  enum Reason: Hashable {
    /// The tool ended by itself, with a status that is not 0.
    case refused(status: Int)
    /// A signal ended the tool: it crashed, or passed a limit of memory or of processor time.
    case killed(signal: Int)
    case tooSlow(seconds: Int)
    case tooMuchOutput(bytes: Int)
    /// What the tool printed is not what the tool prints.
    case garbage
    /// The tool could not be started, or its folder not be made.
    case notStarted
  }

  let tool: PageTool
  let reason: Reason

  /// - Parameter page: the page that was being read; nil when it was the file as a whole.
  func fault(onPage page: Int? = nil) -> FileFault {
    FileFault(what: (page.map { "page \($0): " } ?? "") + what, advice: advice)
  }

  private var what: String {
    switch reason {
    case .refused(66) where tool == .image: "the picture has more pixels than the limit allows"
    case .refused(69) where tool == .image: "the library leptonica is not installed"
    case .refused(let status): "\(tool.rawValue) cannot read it (status \(status))"
    case .killed(let signal): "\(tool.rawValue) was ended by signal \(signal) while it read it"
    case .tooSlow(let seconds): "\(tool.rawValue) was stopped after \(seconds) seconds"
    case .tooMuchOutput(let bytes): "\(tool.rawValue) printed more than \(bytes) bytes"
    case .garbage: "\(tool.rawValue) printed something that it should not"
    case .notStarted: "\(tool.rawValue) could not be started"
    }
  }

  private var advice: String {
    switch reason {
    case .refused(66) where tool == .image: "scan it at 300 pixels an inch"
    case .refused(69) where tool == .image: "run: apt-get install tesseract-ocr"
    case .notStarted: "look for a full disk or too many processes, then send the file again"
    default: "the file is damaged or hostile: ask the sender for another copy"
    }
  }
}
