// Written by tools/api-types.mjs from the OpenAPI document: change the routes, not this file.

/** A delivery address. */
export type Address = {
  address: string;
  /** RFC 3339, UTC. */
  created_at: string;
  id: number;
  is_default: boolean;
  name: string;
  phone: string;
};

/** All pictures of a product, cover first. */
export type Arrangement = {
  /** Ids; each picture exactly once. */
  order: number[];
};

/** One act of an admin. */
export type AuditLogEntry = {
  action: string;
  /** Null for the command line. */
  actor_id?: number | null;
  /** RFC 3339, UTC. */
  created_at: string;
  /** In which way. */
  detail: Record<string, never>;
  id: number;
  target: string;
};

/** A picture. */
export type Avatar = {
  /** JPEG, PNG, WebP or GIF. */
  file: Blob;
};

/** What is in a wallet. */
export type Balance = {
  /** In minor units. */
  balance: number;
  /** ISO 4217. */
  currency: string;
};

/** Why. */
export type BanBody = {
  reason?: string | null;
};

/** Why an order was cancelled. */
export type CancelReason = "buyer" | "unpaid" | "admin";

/** A slide. */
export type Carousel = {
  created_at: string;
  id: number;
  image: Image;
  /** Where it leads. */
  product_id?: number | null;
  title: string;
  translations?: TitleTranslations | null;
};

/** A cart, in the order things were put in. */
export type Cart = {
  /** ISO 4217. */
  currency: string;
  items: CartItem[];
  /** What its available lines cost, in minor units. */
  total: number;
};

/** A line of a cart, priced as of now. */
export type CartItem = {
  /** On sale, and that many are left. */
  available: boolean;
  num: number;
  product: CartProduct;
  sku: Sku;
};

/** The product of a line. */
export type CartProduct = {
  cover?: Image | null;
  id: number;
  /** In the reader's language, as on its page. */
  name: string;
};

/** A node of the category tree. */
export type Category = {
  created_at: string;
  id: number;
  image?: Image | null;
  name: string;
  /** The category above it. */
  parent_id?: number | null;
  translations?: NameTranslations | null;
};

/** Matches in a category. */
export type CategoryFacet = {
  category_id: number;
  count: number;
};

/** A category to be made. */
export type CategoryFields = {
  /** A stored picture. */
  image_id?: number | null;
  /** 1–128 characters. */
  name: string;
  /** The category above it; null or absent for none. */
  parent_id?: number | null;
  translations?: NameTranslations | null;
};

/** A change of a category; what is absent stays. */
export type ChangeCategory = {
  /** A stored picture; null removes it. */
  image_id?: number | null;
  /** 1–128 characters. */
  name?: string | null;
  /** The category above it; null makes it a root. */
  parent_id?: number | null;
  translations?: NameTranslations | null;
};

/** What is absent stays. Stock moves through `/sku/{id}/stock`. */
export type ChangeProduct = {
  category_id?: number | null;
  /** Of the first SKU; null clears it. */
  discount_price?: number | null;
  info?: string | null;
  name?: string | null;
  on_sale?: boolean | null;
  /** Of the first SKU. */
  price?: number | null;
  /** With `id` changed, without `id` added; absent ones stay. */
  skus?: ChangeSku[];
  title?: string | null;
  translations?: TextTranslations | null;
};

/** What is absent stays. */
export type ChangeSaleBody = {
  ends_at?: string | null;
  per_user_limit?: number | null;
  price?: number | null;
  /** What a sale sells does not change: only the SKU that it is. */
  sku_id?: number | null;
  /** Only until the sale has begun. */
  starts_at?: string | null;
  stock_total?: number | null;
  title?: string | null;
};

/** A SKU to be changed or added. */
export type ChangeSku = {
  /** Null clears it. */
  discount_price?: number | null;
  id?: number | null;
  /** Opening stock of an added SKU. */
  num?: number | null;
  options?: {
    [name: string]: string;
  } | null;
  price?: number | null;
};

/** What is absent stays. */
export type ChangeSlide = {
  /** Null leads nowhere. */
  product_id?: number | null;
  title?: string | null;
  translations?: TitleTranslations | null;
};

/** A claim; `{}` or no body at all is one unit to the default address. */
export type Claim = {
  /** The default address when absent. */
  address_id?: number | null;
  /** 1 when absent. */
  num?: number | null;
};

/** One day's figure. */
export type DayCount = {
  count: number;
  /** `2026-11-22` */
  day: string;
};

/** One day's revenue. */
export type DayRevenue = {
  /** In minor units. */
  amount: number;
  /** `2026-11-22` */
  day: string;
};

/** One event for one webhook. */
export type Delivery = {
  /** What the last attempt was answered with; null without an answer. */
  answer_status?: number | null;
  attempts: number;
  created_at: string;
  delivered_at?: string | null;
  event: string;
  id: number;
  /** Why the last attempt failed. */
  last_error?: string | null;
  status: DeliveryStatus;
};

/** How a delivery stands. */
export type DeliveryStatus = "pending" | "delivered" | "parked";

/** Nothing. */
export type Empty = Record<string, never>;

/** Nothing. */
export type EnableBody = Record<string, never>;

/** How the matches of a search spread. */
export type Facets = {
  categories: CategoryFacet[];
  /** Matches that can be bought now. */
  in_stock: number;
  prices: PriceFacet[];
};

/** A favourite; its product may be off sale by now. */
export type Favorite = {
  created_at: string;
  id: number;
  product: Product;
};

/** One field that breaks its rule. */
export type FieldError = {
  /** Stable, such as `too_long`. */
  code: string;
  /** In words. */
  detail: string;
  /** The field's name; a path such as `items[2].num` inside lists. */
  field: string;
  /** The SKU of the line at fault, when an order is refused. */
  sku_id?: number | null;
};

/** Who forgot. */
export type ForgotBody = {
  email: string;
};

/** How it is. */
export type Health = {
  /** `ok` */
  status: string;
  /** What somebody should look at. */
  warnings: string[];
};

/** A stored picture; its paths never change their content. */
export type Image = {
  /** In pixels. */
  height: number;
  id: number;
  /** Of the large variant. */
  url: string;
  variants: ImageVariants;
  /** In pixels. */
  width: number;
};

/** The same picture in three sizes. */
export type ImageVariants = {
  /** 1200 pixels. */
  large: string;
  /** 400 pixels. */
  small: string;
  /** 160 pixels. */
  thumb: string;
};

/** A job that is not done. */
export type Job = {
  /** How often it was begun. */
  attempts: number;
  /** When it was first due. */
  created_at: string;
  id: number;
  /** `mail.order`, `mail.proof`, `mail.webhook_off`, `webhook.event`, `webhook.delivery`, `sale.give`, or of a later release. */
  kind: string;
  /** Why the last attempt failed, without addresses and tokens. */
  last_error?: string | null;
  /** When it was given up; null while it is not. */
  parked_at?: string | null;
  /** Not before then. */
  run_at: string;
  state: JobState;
};

/** Whether a job waits, runs, or was given up. */
export type JobState = "waiting" | "running" | "parked";

/** A list, or a page of one. */
export type List_Address = {
  /** In the list's order. */
  items: {
    address: string;
    /** RFC 3339, UTC. */
    created_at: string;
    id: number;
    is_default: boolean;
    name: string;
    phone: string;
  }[];
  /** Asks for the next page; null on the last. */
  next_cursor?: string | null;
  /** How many there are in all, where the list counts them. */
  total?: number | null;
};

/** A list, or a page of one. */
export type List_AuditLogEntry = {
  /** In the list's order. */
  items: ({
    action: string;
    /** Null for the command line. */
    actor_id?: number | null;
    /** RFC 3339, UTC. */
    created_at: string;
    /** In which way. */
    detail: Record<string, never>;
    id: number;
    target: string;
  })[];
  /** Asks for the next page; null on the last. */
  next_cursor?: string | null;
  /** How many there are in all, where the list counts them. */
  total?: number | null;
};

/** A list, or a page of one. */
export type List_Carousel = {
  /** In the list's order. */
  items: ({
    created_at: string;
    id: number;
    image: Image;
    /** Where it leads. */
    product_id?: number | null;
    title: string;
    translations?: TitleTranslations | null;
  })[];
  /** Asks for the next page; null on the last. */
  next_cursor?: string | null;
  /** How many there are in all, where the list counts them. */
  total?: number | null;
};

/** A list, or a page of one. */
export type List_Category = {
  /** In the list's order. */
  items: ({
    created_at: string;
    id: number;
    image?: Image | null;
    name: string;
    /** The category above it. */
    parent_id?: number | null;
    translations?: NameTranslations | null;
  })[];
  /** Asks for the next page; null on the last. */
  next_cursor?: string | null;
  /** How many there are in all, where the list counts them. */
  total?: number | null;
};

/** A list, or a page of one. */
export type List_Delivery = {
  /** In the list's order. */
  items: ({
    /** What the last attempt was answered with; null without an answer. */
    answer_status?: number | null;
    attempts: number;
    created_at: string;
    delivered_at?: string | null;
    event: string;
    id: number;
    /** Why the last attempt failed. */
    last_error?: string | null;
    status: DeliveryStatus;
  })[];
  /** Asks for the next page; null on the last. */
  next_cursor?: string | null;
  /** How many there are in all, where the list counts them. */
  total?: number | null;
};

/** A list, or a page of one. */
export type List_Favorite = {
  /** In the list's order. */
  items: {
    created_at: string;
    id: number;
    product: Product;
  }[];
  /** Asks for the next page; null on the last. */
  next_cursor?: string | null;
  /** How many there are in all, where the list counts them. */
  total?: number | null;
};

/** A list, or a page of one. */
export type List_Image = {
  /** In the list's order. */
  items: {
    /** In pixels. */
    height: number;
    id: number;
    /** Of the large variant. */
    url: string;
    variants: ImageVariants;
    /** In pixels. */
    width: number;
  }[];
  /** Asks for the next page; null on the last. */
  next_cursor?: string | null;
  /** How many there are in all, where the list counts them. */
  total?: number | null;
};

/** A list, or a page of one. */
export type List_Job = {
  /** In the list's order. */
  items: ({
    /** How often it was begun. */
    attempts: number;
    /** When it was first due. */
    created_at: string;
    id: number;
    /** `mail.order`, `mail.proof`, `mail.webhook_off`, `webhook.event`, `webhook.delivery`, `sale.give`, or of a later release. */
    kind: string;
    /** Why the last attempt failed, without addresses and tokens. */
    last_error?: string | null;
    /** When it was given up; null while it is not. */
    parked_at?: string | null;
    /** Not before then. */
    run_at: string;
    state: JobState;
  })[];
  /** Asks for the next page; null on the last. */
  next_cursor?: string | null;
  /** How many there are in all, where the list counts them. */
  total?: number | null;
};

/** A list, or a page of one. */
export type List_Order = {
  /** In the list's order. */
  items: ({
    address?: OrderAddress | null;
    cancel_reason?: CancelReason | null;
    cancelled_at?: string | null;
    completed_at?: string | null;
    created_at: string;
    /** ISO 4217. */
    currency: string;
    /** Only of a single order; oldest first. */
    history?: OrderChange[] | null;
    id: string;
    lines: OrderLine[];
    paid_at?: string | null;
    /** Cancelled when not paid by then. */
    pay_by?: string | null;
    /** The sale its units come from. */
    seckill_id?: number | null;
    shipped_at?: string | null;
    status: OrderStatus;
    /** In minor units. */
    total: number;
    /** What the carrier calls it. */
    tracking?: string | null;
  })[];
  /** Asks for the next page; null on the last. */
  next_cursor?: string | null;
  /** How many there are in all, where the list counts them. */
  total?: number | null;
};

/** A list, or a page of one. */
export type List_Product = {
  /** In the list's order. */
  items: ({
    category_id: number;
    cover?: Image | null;
    created_at: string;
    currency: string;
    discount_price?: number | null;
    id: number;
    /** Only of a single product. */
    images?: Image[] | null;
    info: string;
    name: string;
    num: number;
    on_sale: boolean;
    price: number;
    skus: Sku[];
    title: string;
    translations?: TextTranslations | null;
    updated_at: string;
    /** How often it was looked at, some seconds ago. */
    view: number;
  })[];
  /** Asks for the next page; null on the last. */
  next_cursor?: string | null;
  /** How many there are in all, where the list counts them. */
  total?: number | null;
};

/** A list, or a page of one. */
export type List_Sale = {
  /** In the list's order. */
  items: {
    /** ISO 4217. */
    currency: string;
    ends_at: string;
    id: number;
    /** Of one unit otherwise. */
    list_price: number;
    /** Units that one user may have at a time. */
    per_user_limit: number;
    /** Of one unit in the sale, in minor units. */
    price: number;
    product: Product;
    /** By the clock that judges the window. */
    server_time: string;
    sku_id: number;
    starts_at: string;
    state: SaleState;
    /** Units that nobody has. */
    stock_left: number;
    /** Units of the sale. */
    stock_total: number;
    title: string;
  }[];
  /** Asks for the next page; null on the last. */
  next_cursor?: string | null;
  /** How many there are in all, where the list counts them. */
  total?: number | null;
};

/** A list, or a page of one. */
export type List_Transfer = {
  /** In the list's order. */
  items: ({
    /** Signed: what the account gained, in minor units. */
    amount: number;
    /** In minor units. */
    balance_after: number;
    created_at: string;
    /** ISO 4217. */
    currency: string;
    id: string;
    /** `opening`, `top_up`, `payment` or `refund`. */
    kind: string;
    /** The order it pays or refunds. */
    order_id?: string | null;
  })[];
  /** Asks for the next page; null on the last. */
  next_cursor?: string | null;
  /** How many there are in all, where the list counts them. */
  total?: number | null;
};

/** A list, or a page of one. */
export type List_User = {
  /** In the list's order. */
  items: ({
    avatar?: Image | null;
    /** RFC 3339, UTC. */
    created_at: string;
    email?: string | null;
    email_verified: boolean;
    id: number;
    nick_name: string;
    role: Role;
    status: Status;
    user_name: string;
  })[];
  /** Asks for the next page; null on the last. */
  next_cursor?: string | null;
  /** How many there are in all, where the list counts them. */
  total?: number | null;
};

/** A list, or a page of one. */
export type List_Webhook = {
  /** In the list's order. */
  items: ({
    created_at: string;
    /** When the shop switched it off because its receiver had failed for three days. */
    disabled_at?: string | null;
    events: string[];
    /** Since when no delivery has got through; null while they do. */
    failing_since?: string | null;
    id: number;
    /** The key of its signatures; only when it is registered. */
    secret?: string | null;
    url: string;
  })[];
  /** Asks for the next page; null on the last. */
  next_cursor?: string | null;
  /** How many there are in all, where the list counts them. */
  total?: number | null;
};

/** Credentials. */
export type LogInBody = {
  password: string;
  /** In any spelling; blanks around it do not count. */
  user_name: string;
};

/** Who is in now, with tokens. */
export type LoggedIn = Tokens & {
  user: User;
};

/** A movement of stock. */
export type MoveStock = {
  /** Units, signed, not 0. */
  delta: number;
  /** 1–255 characters, for the journal. */
  reason: string;
};

export type NameTranslation = {
  name?: string | null;
};

/** Of a category, by language code. */
export type NameTranslations = {
  [name: string]: NameTranslation;
};

/** What a new or changed address says. */
export type NewAddressBody = {
  /** Up to 4 lines. */
  address: string;
  /** Absent: as it is. */
  is_default?: boolean | null;
  name: string;
  /** At least 5 digits, of any script; `+ - . ( ) /`, spaces, `x` or `ext.` before an extension. Kept in ASCII. */
  phone: string;
};

/** A change of password. */
export type NewPassword = {
  new: string;
  old: string;
};

/** A change of payment PIN. */
export type NewPin = {
  /** The new PIN. */
  key: string;
  password: string;
};

/** A sale to be; its units leave the SKU's stock at once. */
export type NewSaleBody = {
  /** RFC 3339; the first instant after the sale. */
  ends_at: string;
  per_user_limit: number;
  /** Of one unit, in minor units. */
  price: number;
  sku_id: number;
  /** RFC 3339. */
  starts_at: string;
  stock_total: number;
  title: string;
};

/** A SKU of a new product. */
export type NewSku = {
  discount_price?: number | null;
  num: number;
  options?: {
    [name: string]: string;
  };
  price: number;
};

/** Who wants to hear of what. */
export type NewWebhookBody = {
  /** `order.placed`, `order.paid`, `order.cancelled`, `order.shipped`, `order.completed`, `order.refunded`, or `*` for all. */
  events: string[];
  /** http or https, without a user name. */
  url: string;
};

/** An order. Lines and address are as they were when it was placed. */
export type Order = {
  address?: OrderAddress | null;
  cancel_reason?: CancelReason | null;
  cancelled_at?: string | null;
  completed_at?: string | null;
  created_at: string;
  /** ISO 4217. */
  currency: string;
  /** Only of a single order; oldest first. */
  history?: OrderChange[] | null;
  id: string;
  lines: OrderLine[];
  paid_at?: string | null;
  /** Cancelled when not paid by then. */
  pay_by?: string | null;
  /** The sale its units come from. */
  seckill_id?: number | null;
  shipped_at?: string | null;
  status: OrderStatus;
  /** In minor units. */
  total: number;
  /** What the carrier calls it. */
  tracking?: string | null;
};

/** Where an order goes, as the address was when it was placed. */
export type OrderAddress = {
  address: string;
  name: string;
  phone: string;
};

/** One change of an order's status. */
export type OrderChange = {
  /** `buyer`, `admin` or `system`. */
  actor: string;
  at: string;
  from?: OrderStatus | null;
  reason?: string | null;
  to: OrderStatus;
};

/** So many of a SKU. */
export type OrderItem = {
  num: number;
  sku_id: number;
};

/** What was bought, as it was called and cost then. */
export type OrderLine = {
  image?: Image | null;
  name: string;
  num: number;
  options: {
    [name: string]: string;
  };
  product_id: number;
  sku_id: number;
  /** In minor units. */
  total: number;
  /** In minor units. */
  unit_price: number;
};

/** Where an order stands. */
export type OrderStatus = "unpaid" | "paid" | "shipped" | "completed" | "cancelled" | "refunded";

/** Which order, and the payment PIN. */
export type PayBody = {
  /** The payment PIN. */
  key: string;
  order_id: string;
};

/** Pictures. */
export type PicturesForm = {
  /** JPEG, PNG, WebP or GIF; at most 8 MiB and 4096 × 4096 pixels each. */
  file: Blob[];
};

/** The payment PIN. */
export type PinBody = {
  key: string;
};

/** Where to, and one of: `product_id` with `num`, `items`, `from_cart: true`. The server knows the prices. */
export type PlaceBody = {
  address_id: number;
  /** In minor units; any other total is refused. */
  expected_total?: number | null;
  /** Orders what is in the cart, and empties it. */
  from_cart?: boolean | null;
  /** 1–50 different SKUs. */
  items?: OrderItem[] | null;
  /** With `product_id`. */
  num?: number | null;
  /** Its first SKU is bought. */
  product_id?: number | null;
};

/** Matches from one price, inclusive, to another, exclusive. */
export type PriceFacet = {
  count: number;
  from: number;
  to?: number | null;
};

/** A problem as it is written: `application/problem+json`. */
export type Problem = {
  /** Stable; see docs/API.md. */
  code: string;
  /** What is wrong this time, in English. */
  detail: string;
  /** The fields or lines at fault, when there are any. */
  errors?: FieldError[];
  /** The caller's orders that hold units of the sale, when the code is `limit_reached`. */
  order_ids?: string[] | null;
  /** As in `X-Request-Id`. */
  request_id: string;
  /** The HTTP status. */
  status: number;
  /** The same for every problem of this code. */
  title: string;
  /** A URN made of the code. */
  type: string;
};

/** A product. `price` and `discount_price` are of its first SKU, `num` is the sum. */
export type Product = {
  category_id: number;
  cover?: Image | null;
  created_at: string;
  currency: string;
  discount_price?: number | null;
  id: number;
  /** Only of a single product. */
  images?: Image[] | null;
  info: string;
  name: string;
  num: number;
  on_sale: boolean;
  price: number;
  skus: Sku[];
  title: string;
  translations?: TextTranslations | null;
  updated_at: string;
  /** How often it was looked at, some seconds ago. */
  view: number;
};

/** A product and up to ten pictures: `price` and `num` of its only SKU, or `skus`. */
export type ProductForm = {
  category_id: number;
  /** What a buyer pays, at most `price`; not with `skus`. */
  discount_price?: number | null;
  /** JPEG, PNG, WebP or GIF; at most 8 MiB and 4096 × 4096 pixels each. */
  file?: Blob[] | null;
  info: string;
  name: string;
  /** Opening stock; not with `skus`. */
  num?: number | null;
  /** On sale when absent. */
  on_sale?: boolean | null;
  /** In minor units; not with `skus`. */
  price?: number | null;
  skus?: NewSku[] | null;
  title: string;
  translations?: TextTranslations | null;
};

/** Names a product, in the query or in the body: proxies drop the body of a DELETE. */
export type ProductInBody = {
  product_id?: number | null;
};

/** A page of products. */
export type ProductList = {
  facets?: Facets | null;
  items: Product[];
  /** Where the next page starts; null on the last. */
  next_cursor?: string | null;
  /** How many there are in all; at most a second old. */
  total: number;
};

/** How many. */
export type PutInCart = {
  /** 0 takes the line out. */
  num: number;
};

/** What a payment gives. */
export type Receipt = {
  /** What is left in the wallet, in minor units. */
  balance: number;
  /** ISO 4217. */
  currency: string;
  order: Order;
  transfer: Transfer;
};

/** A refresh token. */
export type RefreshBody = {
  refresh_token: string;
};

/** How an order is paid back. */
export type RefundBody = {
  reason?: string | null;
  /** Whether its units go back to the stock. */
  restock: boolean;
};

/** A new account. */
export type Register = {
  email?: string | null;
  /** The payment PIN. */
  key: string;
  nick_name?: string | null;
  password: string;
  /** Letters, marks and digits of any script, and `_.-`; unique after NFKC and case folding. */
  user_name: string;
};

/** A new nick name. */
export type Rename = {
  nick_name: string;
};

/** Nothing. */
export type ReplayBody = Record<string, never>;

/** The token of a mail, and the new password. */
export type ResetBody = {
  password: string;
  token: string;
};

/** Nothing. */
export type RetryBody = Record<string, never>;

/** What a user may do. */
export type Role = "customer" | "admin";

/** Which role. */
export type RoleBody = {
  role: Role;
};

/** A flash sale of one SKU. */
export type Sale = {
  /** ISO 4217. */
  currency: string;
  ends_at: string;
  id: number;
  /** Of one unit otherwise. */
  list_price: number;
  /** Units that one user may have at a time. */
  per_user_limit: number;
  /** Of one unit in the sale, in minor units. */
  price: number;
  product: Product;
  /** By the clock that judges the window. */
  server_time: string;
  sku_id: number;
  starts_at: string;
  state: SaleState;
  /** Units that nobody has. */
  stock_left: number;
  /** Units of the sale. */
  stock_total: number;
  title: string;
};

/** Where a sale stands. */
export type SaleState = "scheduled" | "live" | "paused" | "sold_out" | "ended" | "cancelled";

/** A search in a body. */
export type SearchProducts = {
  /** With its descendants. */
  category_id?: number | null;
  /** Words to search for. */
  info: string;
  /** The n-th page, from 1. */
  page_num?: number | null;
  /** How many, 1–100; 15 when absent. */
  page_size?: number | null;
};

/** What is to be proven. */
export type SendBody = {
  email?: string | null;
  /** 1 binds `email`, 2 unbinds, 3 changes the password to `password`. */
  operation_type: number;
  password?: string | null;
};

/** A parcel. */
export type ShipBody = {
  /** What the carrier calls it. */
  tracking?: string | null;
};

/** What is priced, counted and sold. */
export type Sku = {
  /** ISO 4217. */
  currency: string;
  /** When set, what a buyer pays. */
  discount_price?: number | null;
  id: number;
  /** Units left. */
  num: number;
  /** Names and values, such as `Colour: Black`. */
  options: {
    [name: string]: string;
  };
  /** The list price, in minor units. */
  price: number;
  product_id: number;
};

/** A slide. */
export type SlideForm = {
  /** JPEG, PNG, WebP or GIF; at most 8 MiB and 4096 × 4096 pixels. */
  file: Blob;
  /** Where it leads. */
  product_id?: number | null;
  /** 1–255 characters. */
  title: string;
  translations?: TitleTranslations | null;
};

/** Figures of the last thirty days, UTC, oldest first. */
export type Stats = {
  /** ISO 4217. */
  currency: string;
  /** Orders placed, whatever became of them. */
  orders: DayCount[];
  /** What was paid less what was refunded. */
  revenue: DayRevenue[];
  /** Registrations. */
  users: DayCount[];
};

/** Whether a user may log in. */
export type Status = "active" | "banned";

/** Completions of what was typed. */
export type Suggestions = {
  /** At most ten, best first. */
  items: string[];
};

export type TextTranslation = {
  info?: string | null;
  name?: string | null;
  title?: string | null;
};

/** Of a product, by language code. */
export type TextTranslations = {
  [name: string]: TextTranslation;
};

/** A claim that was admitted; it always ends won or refused. */
export type Ticket = {
  created_at: string;
  id: string;
  /** The order says what became of it. */
  order_id?: string | null;
  reason?: TicketReason | null;
  seckill_id: number;
  server_time: string;
  state: TicketState;
};

/** Why a ticket was refused for good. */
export type TicketReason = "address_not_found" | "address_required" | "ticket_lost";

/** Where a ticket stands. */
export type TicketState = "pending" | "won" | "refused";

/** The shop's clock. */
export type TimeBody = {
  /** The same in milliseconds since 1970. */
  epoch_ms: number;
  /** RFC 3339, UTC, with milliseconds. */
  server_time: string;
};

export type TitleTranslation = {
  title?: string | null;
};

/** Of a slide, by language code. */
export type TitleTranslations = {
  [name: string]: TitleTranslation;
};

/** The token of a mail. */
export type TokenBody = {
  token: string;
};

/** Tokens. */
export type Tokens = {
  /** For `Authorization: Bearer`. */
  access_token: string;
  /** Seconds that the access token lives. */
  expires_in: number;
  /** Renews the access token once. */
  refresh_token: string;
  /** Always `Bearer`. */
  token_type: string;
};

/** Money for a wallet. */
export type TopUpBody = {
  /** In minor units, above 0. */
  amount: number;
  reason: string;
};

/** A transfer as one account sees it. */
export type Transfer = {
  /** Signed: what the account gained, in minor units. */
  amount: number;
  /** In minor units. */
  balance_after: number;
  created_at: string;
  /** ISO 4217. */
  currency: string;
  id: string;
  /** `opening`, `top_up`, `payment` or `refund`. */
  kind: string;
  /** The order it pays or refunds. */
  order_id?: string | null;
};

/** Nothing. */
export type UnbanBody = Record<string, never>;

/** Someone with an account. */
export type User = {
  avatar?: Image | null;
  /** RFC 3339, UTC. */
  created_at: string;
  email?: string | null;
  email_verified: boolean;
  id: number;
  nick_name: string;
  role: Role;
  status: Status;
  user_name: string;
};

/** Who hears of what. */
export type Webhook = {
  created_at: string;
  /** When the shop switched it off because its receiver had failed for three days. */
  disabled_at?: string | null;
  events: string[];
  /** Since when no delivery has got through; null while they do. */
  failing_since?: string | null;
  id: number;
  /** The key of its signatures; only when it is registered. */
  secret?: string | null;
  url: string;
};

export interface Gets {
  "/address": List_Address;
  "/address/{id}": Address;
  "/admin/audit_log": List_AuditLogEntry;
  "/admin/jobs": List_Job;
  "/admin/orders": List_Order;
  "/admin/products": List_Product;
  "/admin/seckill/{id}/live": void;
  "/admin/stats": Stats;
  "/admin/users": List_User;
  "/admin/webhooks": List_Webhook;
  "/admin/webhooks/{id}/deliveries": List_Delivery;
  "/carousels": List_Carousel;
  "/cart": Cart;
  "/categories": List_Category;
  "/collection": List_Favorite;
  "/imgs/{id}": List_Image;
  "/openapi.json": void;
  "/order/{id}": Order;
  "/orders": List_Order;
  "/ping": string;
  "/product/{id}": Product;
  "/products": ProductList;
  "/products/suggest": Suggestions;
  "/seckill": List_Sale;
  "/seckill/{id}": Sale;
  "/seckill/{id}/ticket/{ticket}": Ticket;
  "/time": TimeBody;
  "/user": User;
  "/wallet/transfers": List_Transfer;
}

export interface Posts {
  "/address": {body: NewAddressBody; answer: Address};
  "/admin/jobs/{id}/retry": {body: RetryBody; answer: Job};
  "/admin/order/{id}/refund": {body: RefundBody; answer: Order};
  "/admin/order/{id}/ship": {body: ShipBody; answer: Order};
  "/admin/seckill": {body: NewSaleBody; answer: Sale};
  "/admin/seckill/{id}/cancel": {body: Empty; answer: Sale};
  "/admin/seckill/{id}/pause": {body: Empty; answer: Sale};
  "/admin/seckill/{id}/resume": {body: Empty; answer: Sale};
  "/admin/user/{id}/ban": {body: BanBody; answer: User};
  "/admin/user/{id}/role": {body: RoleBody; answer: User};
  "/admin/user/{id}/top_up": {body: TopUpBody; answer: Transfer};
  "/admin/user/{id}/unban": {body: UnbanBody; answer: User};
  "/admin/webhooks": {body: NewWebhookBody; answer: Webhook};
  "/admin/webhooks/{id}/deliveries/{delivery_id}/replay": {body: ReplayBody; answer: Delivery};
  "/admin/webhooks/{id}/enable": {body: EnableBody; answer: Webhook};
  "/avater": {body: Avatar; answer: User};
  "/carousels": {body: SlideForm; answer: Carousel};
  "/categories": {body: CategoryFields; answer: Category};
  "/collection": {body: ProductInBody | null; answer: Favorite};
  "/money": {body: PinBody; answer: Balance};
  "/order": {body: PlaceBody; answer: Order};
  "/order/{id}/receive": {body: undefined; answer: Order};
  "/paydown": {body: PayBody; answer: Receipt};
  "/product": {body: ProductForm; answer: Product};
  "/product/{id}/images": {body: PicturesForm; answer: List_Image};
  "/products": {body: SearchProducts; answer: ProductList};
  "/seckill/{id}": {body: Claim; answer: Order | Ticket};
  "/sku/{id}/stock": {body: MoveStock; answer: Sku};
  "/user/avatar": {body: Avatar; answer: User};
  "/user/forgot_password": {body: ForgotBody; answer: void};
  "/user/login": {body: LogInBody; answer: LoggedIn};
  "/user/logout": {body: RefreshBody; answer: void};
  "/user/refresh": {body: RefreshBody; answer: Tokens};
  "/user/register": {body: Register; answer: User};
  "/user/reset_password": {body: ResetBody; answer: void};
  "/user/sending_email": {body: SendBody; answer: void};
  "/user/valid_email": {body: TokenBody; answer: User};
}

export interface Puts {
  "/address/{id}": {body: NewAddressBody; answer: Address};
  "/admin/seckill/{id}": {body: ChangeSaleBody; answer: Sale};
  "/carousels/{id}": {body: ChangeSlide; answer: Carousel};
  "/cart/{sku_id}": {body: PutInCart; answer: Cart};
  "/categories/{id}": {body: ChangeCategory; answer: Category};
  "/money/key": {body: NewPin; answer: void};
  "/product/{id}": {body: ChangeProduct; answer: Product};
  "/product/{id}/images": {body: Arrangement; answer: List_Image};
  "/user": {body: Rename; answer: User};
  "/user/password": {body: NewPassword; answer: void};
}

export interface Deletes {
  "/address/{id}": void;
  "/admin/webhooks/{id}": void;
  "/carousels/{id}": void;
  "/cart": Cart;
  "/categories/{id}": void;
  "/collection": void;
  "/order/{id}": Order;
  "/product/{id}": void;
  "/product/{id}/images/{image_id}": void;
}
