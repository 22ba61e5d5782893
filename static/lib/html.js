/** Markup: `html` is htm bound to Preact's `h`; every component imports from here. */
import { Component, Fragment, createContext, h, render } from 'preact';
import htm from 'htm';

export const html = htm.bind(h);
export { Component, Fragment, createContext, h, render };
export { useCallback, useContext, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
export { batch, computed, effect, signal, useComputed, useSignal, useSignalEffect } from '@preact/signals';

/**
 * What a component may hand on: anything Preact renders.
 * @typedef {import('preact').ComponentChildren} Children
 */

/**
 * Joins class names; falsy ones fall away.
 * @param {...(string | false | null | undefined)} names
 */
export const classes = (...names) => names.filter(Boolean).join(' ');
