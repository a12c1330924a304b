package uk.progressstream.identity.grant;

/** Whether a token is granted, and if not, why not. */
public sealed interface GrantDecision {

  /** It is. */
  record Granted(Grant grant) implements GrantDecision {}

  /** The account has no role anywhere: nobody has invited it, or what it had has ended. */
  record NoStanding() implements GrantDecision {}

  /** It has a role, but nothing of what was asked for. */
  record NothingOfThat() implements GrantDecision {}

  /** More cells than a token holds: ask for one school. */
  record TooLarge() implements GrantDecision {}
}
