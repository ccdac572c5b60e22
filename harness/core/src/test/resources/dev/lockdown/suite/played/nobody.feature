Feature: A name that nobody has

  @open
  Scenario: Open
    Then "team/nobody" can reach "team/no-one" on TCP/8080

  @shut
  Scenario: Shut
    Then "team/nobody" cannot reach "team/no-one" on TCP/8080
