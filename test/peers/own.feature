Feature: Flags of an experiment platform through OpenFeature

  Background:
    Given a stable provider

  Scenario: A flag for everybody
    Given a Boolean-flag with key "boolean-flag" and a fallback value "false"
    When the flag was evaluated with details
    Then the resolved details value should be "true"
    And the variant should be "on"
    And the reason should be "STATIC"

  Scenario Outline: A flag for some
    Given a Float-flag with key "float-targeted-zero-flag" and a fallback value "0.1"
    And a context containing a key "email", with type "String" and with value "<email>"
    When the flag was evaluated with details
    Then the resolved details value should be "0"
    And the reason should be "<reason>"

    Examples: meant
      | email                 | reason          |
      | ballmer@macrosoft.com | TARGETING_MATCH |

    Examples: not meant
      | email             | reason  |
      | other@example.com | DEFAULT |

  Scenario: A number is no text
    Given a String-flag with key "integer-flag" and a fallback value "mine"
    When the flag was evaluated with details
    Then the resolved details value should be "mine"
    And the reason should be "ERROR"
    And the error-code should be "TYPE_MISMATCH"

  Scenario: A flag that is off leaves it to the app
    Given a Object-flag with key "object-disabled-flag" and a fallback value "{\"a\": 1}"
    When the flag was evaluated with details
    Then the resolved details value should be "{\"a\": 1}"
    And the reason should be "DISABLED"

  Scenario Outline: The provider says how it is
    Given a <status> provider
    Then the provider status should be "<code>"

    Examples:
      | status    | code      |
      | not ready | NOT_READY |
      | error     | ERROR     |
      | fatal     | FATAL     |
      | stale     | STALE     |

  Scenario: The nearest level of the context wins
    Given A table with levels of increasing precedence
      | API          |
      | Transaction  |
      | Client       |
      | Invocation   |
      | Before Hooks |
    And Context entries for each level from API level down to the "Before Hooks" level, with key "key" and value "Before Hooks"
    When Some flag was evaluated
    Then The merged context contains an entry with key "key" and value "Before Hooks"
