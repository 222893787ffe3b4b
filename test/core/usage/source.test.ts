import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInVpc, sourceOf, sourceText, UNKNOWN_NETWORK } from '../../../functions/core/usage/source.ts';
import { anyText } from '../../fakes/texts.ts';

const network = (text: string) => ({ kind: 'network', network: text });
const service = (text: string) => ({ kind: 'service', service: text });

describe('the source of a call', () => {
  it.each([
    ['203.0.113.17', '203.0.113.0/24'],
    ['10.0.3.4', '10.0.3.0/24'],
    ['::ffff:203.0.113.17', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:DB8::1', '2001:db8::/48'],
    ['2001:db8:0:1::', '2001:db8::/48'],
    ['fd00:1:2::1', 'fd00:1:2::/48'],
    ['::1', '::/48'],
    ['2001:db8:1::203.0.113.17', '2001:db8:1::/48'],
    ['2001:db8:1::203.0.113.256', UNKNOWN_NETWORK],
    ['::', '::/48'],
    ['256.1.1.1', UNKNOWN_NETWORK],
    ['1.2.3', UNKNOWN_NETWORK],
    ['2001:db8::1::2', UNKNOWN_NETWORK],
    ['2001:db8:1:2:3:4:5', UNKNOWN_NETWORK],
    ['1:2:3:4:5:6:7::8', UNKNOWN_NETWORK],
    ['2001:xyz::1', UNKNOWN_NETWORK],
    ['1::xyz', UNKNOWN_NETWORK],
    ['<script>', UNKNOWN_NETWORK],
    ['', UNKNOWN_NETWORK],
  ])('%s is the network %s', (ip, wanted) => {
    expect(sourceOf(ip, null)).toEqual(network(wanted));
  });

  it.each([
    ['cloudformation.amazonaws.com', null, 'cloudformation'],
    ['config.amazonaws.com.cn', null, 'config'],
    ['203.0.113.17', 'athena.amazonaws.com', 'athena'],
    ['AWS Internal', null, 'aws'],
    ['203.0.113.17', 'AWS Internal', 'aws'],
  ])('%s, invoked by %s, is the service %s', (ip, invokedBy, wanted) => {
    expect(sourceOf(ip, invokedBy)).toEqual(service(wanted));
  });

  it('is a network, whatever a caller claims to be invoked by', () => {
    expect(sourceOf('203.0.113.17', 'evil.example.com')).toEqual(network('203.0.113.0/24'));
  });

  it('is found for any text, in plain characters only', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(), fc.ipV4(), fc.ipV6()), fc.option(anyText()), (ip, invokedBy) => {
        expect(sourceText(sourceOf(ip, invokedBy))).toMatch(/^[a-z0-9.:/-]+( \(service\))?$/);
      }),
    );
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (ip) => {
        expect(sourceText(sourceOf(ip, null))).toMatch(/\/(24|48)$/);
      }),
    );
  });
});

it.each([
  ['10.0.3.4', true],
  ['172.16.0.1', true],
  ['172.32.0.1', false],
  ['192.168.10.20', true],
  ['100.64.0.1', true],
  ['100.128.0.1', false],
  ['fd00:1:2::1', true],
  ['203.0.113.1', false],
  ['ec2.amazonaws.com', false],
])('%s is in a VPC: %s', (ip, wanted) => {
  expect(isInVpc(sourceOf(ip, null))).toBe(wanted);
});
