import assert from 'node:assert/strict';
import test from 'node:test';
import { intentOf } from './way-back.js';

test('the way back tells what a visitor was about to do', () => {
  assert.deepEqual(intentOf('/sale/12?x=1'), { kind: 'sale', id: 12 });
  assert.deepEqual(intentOf('/p/7?sku=3#about'), { kind: 'product', id: 7 });
  assert.deepEqual(intentOf('/checkout?sku=68&num=2'), { kind: 'checkout', sku: 68 });
  assert.deepEqual(intentOf('/checkout'), { kind: 'checkout', sku: null });
  assert.deepEqual(intentOf('/checkout?sku=nonsense'), { kind: 'checkout', sku: null });
  assert.deepEqual(intentOf('/p/0'), { kind: 'place' });
  assert.deepEqual(intentOf('/orders'), { kind: 'place' });
  assert.deepEqual(intentOf('/'), { kind: 'none' });
});
