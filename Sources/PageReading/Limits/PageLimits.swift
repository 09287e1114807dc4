/// How much one file of forms may cost. Every default is far above what a real batch of forms needs, and far below what
/// would hurt the machine; a file that needs more is refused with the limit in the message.
package struct PageLimits: Hashable, Sendable {
  /// The size of the file, in bytes.
  package var fileBytes = 64 << 20
  /// Pages in a file.
  package var pages = 100
  /// Pixels of one page, as it is decoded or drawn. A letter page at 600 dpi has 34 million.
  package var pixels = 40_000_000
  /// Words of one page. A form that is filled to the last box has about a thousand.
  package var words = 10_000
  /// What one run of a tool may print, in bytes. A page of grey pixels is the largest thing that is printed.
  package var outputBytes = 64 << 20
  /// The address space of one run of a tool, in bytes.
  package var memoryBytes = 1 << 30
  /// How long one run of a tool may take, in seconds, both by the clock and of processor time.
  package var runSeconds = 60
  /// How long a whole file may take, in seconds.
  package var fileSeconds = 600
  /// Processes of this user while a tool runs, above which it cannot start another. No tool starts any.
  package var processes = 1
  /// Files that one run of a tool may have open.
  package var openFiles = 64

  package init() {}
}
