/** The forms of values that the service accepts. */

/** A whole number from 0, in ASCII digits. */
export const WHOLE_NUMBER = /^\d+$/;

/** A number. A minus sign, and decimals after a point, are optional. */
export const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** A phone number in E.164: a plus, and 7 to 15 digits that do not begin with 0. */
export const INTERNATIONAL_PHONE = /^\+[1-9]\d{6,14}$/;
