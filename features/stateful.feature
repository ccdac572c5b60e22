@conformance @stateful
Feature: Policies are stateful: replies need no rule

  Background:
    Given the pods
      | pod      | labels  | serves                       | node   |
      | shop/web | app=web | TCP/8080, UDP/5353           | node-2 |
      | shop/api | app=api | TCP/8080, UDP/5353           | node-1 |
      | shop/job | app=job | TCP/8080                     | node-2 |

  @catches:udp-replies-dropped
  Scenario: With ingress allowed one way, replies come back and nothing else does
    Given "shop" denies all ingress
    When "shop/api" is allowed ingress from "shop/web" on TCP/8080 and UDP/5353
    Then "shop/web" can reach "shop/api" on TCP/8080 and UDP/5353
    But "shop/api" cannot reach "shop/web" on TCP/8080
    And "shop/api" cannot send "shop/web" an unasked datagram

  Scenario: With egress allowed one way, replies come back and nothing else does
    Given "shop" denies all egress
    When "shop/web" is allowed egress to "shop/api" on TCP/8080 and UDP/5353
    Then "shop/web" can reach "shop/api" on TCP/8080 and UDP/5353
    But "shop/api" cannot reach "shop/web" on TCP/8080
    And "shop/api" cannot send "shop/web" an unasked datagram

  @catches:replies-without-state
  Scenario: A connection opened in reverse stays blocked, even from the allowed port number
    Given "shop" denies all ingress and egress
    When "shop/web" is allowed egress to "shop/api" on TCP/8080 and UDP/5353
    And "shop/api" is allowed ingress from "shop/web" on TCP/8080 and UDP/5353
    Then "shop/web" can reach "shop/api" on TCP/8080 and UDP/5353
    But "shop/api" cannot reach "shop/web" on TCP/8080 from port 8080
    And "shop/api" cannot reach "shop/web" on UDP/5353 from port 5353
    And "shop/job" cannot reach "shop/api" on TCP/8080
