import ArgumentParser

extension CompletionKind {
  /// The IDs of the latest claims in the store that is used without `--store`. Only our own IDs: bash expands the words
  /// that it offers, and a claim's number is its sender's text.
  static var claims: CompletionKind {
    .shellCommand("claims list 2>/dev/null | grep -o 'CLM-[0-9a-f]*'")
  }
}
