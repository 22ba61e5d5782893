/** Markup: `html` is htm bound to Preact's `h`; every component imports from here. */
import { Component, Fragment, createContext, h, render } from 'preact';
import htm from 'htm';
import { useReducer, useRef } from 'preact/hooks';

export const html = htm.bind(h);
export { Component, Fragment, createContext, h, render };
export { useCallback, useContext, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
export { batch, computed, effect, signal, useComputed, useSignal, useSignalEffect } from '@preact/signals';

/**
 * What a component may hand on: anything Preact renders.
 * @typedef {import('preact').ComponentChildren} Children
 */

/**
 * State that belongs to `key` and starts again with `initial` when the key changes: what is being typed over a number,
 * a menu that is open on a page. An effect that sets it back would run after the next key press, and undo that.
 * @template T @param {unknown} key @param {T} initial
 * @returns {[T, (value: T) => void]}
 */
export function useStatePer(key, initial) {
  const held = useRef({ key, value: initial }), [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  if (!Object.is(held.current.key, key)) held.current = { key, value: initial };
  return [held.current.value, (value) => { held.current.value = value; again(undefined); }];
}

/**
 * Joins class names; falsy ones fall away.
 * @param {...(string | false | null | undefined)} names
 */
export const classes = (...names) => names.filter(Boolean).join(' ');
