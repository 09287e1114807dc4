import AsyncHTTPClient
import BankProtocol
import DurableExecution
import Foundation
import NIOCore
import NIOPosix

extension ActivityFailure {
  /// The failure for a network error. None of these errors says whether the bank acted, so the caller treats the
  /// outcome as unclear.
  static func gateway(_ error: any Error, at place: String) -> ActivityFailure {
    switch error {
    case let error as HTTPClientError: client(error, place)
    case is NIOConnectionError, is SocketAddressError: .gatewayUnreachable(place)
    case let error as IOError where unreachable.contains(error.errnoCode): .gatewayUnreachable(place)
    case is IOError, is ChannelError: .gatewayConnectionLost(place)
    case is NIOTooManyBytesError: .gatewayNonsense(place)
    case is CancellationError: .gatewayBroken(place, "the request was cancelled before its answer came")
    default: .gatewayBroken(place, "\(type(of: error))")
    }
  }

  private static func client(_ error: HTTPClientError, _ place: String) -> ActivityFailure {
    switch error {
    case .deadlineExceeded, .readTimeout, .writeTimeout: .gatewayTimeout(place)
    case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout: .gatewayUnreachable(place)
    case .remoteConnectionClosed: .gatewayConnectionLost(place)
    case .cancelled: .gatewayBroken(place, "the request was cancelled before its answer came")
    default: .gatewayBroken(place, error.shortDescription)
    }
  }

  private static let unreachable: Set<CInt> = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT, EADDRNOTAVAIL]
}
