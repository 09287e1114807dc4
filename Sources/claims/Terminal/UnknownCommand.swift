import ArgumentParser
import ClaimFormats

/// A word of the command line where a command should be. The argument parser takes it for an argument that is too many; it
/// suggests options, and no commands.
struct UnknownCommand {
  /// The commands before it, beginning with the program.
  let path: [String]
  let word: String
  /// The command that it most likely means; nil when none is near.
  let nearest: String?

  /// - Parameter arguments: the arguments of the program.
  /// - Returns: nil when each word is the name of a command, up to the first option or argument.
  init?(in arguments: some Sequence<String>, of root: any ParsableCommand.Type) {
    var command: any ParsableCommand.Type = root
    var path = [root._commandName]
    for word in arguments {
      let commands = command.configuration.subcommands
      guard !word.hasPrefix("-"), !commands.isEmpty, word != "help" else { return nil }
      guard let next = commands.first(where: { $0._commandName == word }) else {
        let known = commands.map { $0._commandName }
        let nearest = NearestWord(known: known).nearest(to: word)
        // What is no command may be an argument of the command that goes without saying.
        if nearest == nil, command.configuration.defaultSubcommand != nil { return nil }
        (self.path, self.word, self.nearest) = (path, word, nearest)
        return
      }
      path.append(word)
      command = next
    }
    return nil
  }

  /// Two lines: what is wrong, and what to do.
  var text: String {
    let before = path.joined(separator: " ")
    let suggestion = nearest.map { " Did you mean '\(before) \($0)'?" } ?? ""
    return "Error: there is no command '\(before) \(word.prefix(80))'.\(suggestion)\n"
      + "  See '\(before) --help' for the commands there are."
  }
}
