import Hummingbird
import NIOCore

/// What a route of the bank knows besides the request: the connection it came on, to be cut when a fault says so.
struct BankRequestContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}
