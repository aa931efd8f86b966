namespace OnnxPrune.Mutation;

/// <summary>The seed models as ONNX text.</summary>
internal static class SeedTexts
{
    public const string Image = """
        <ir_version: 8, opset_import: ["" : 17]>
        g (float[N,3,8,8] x) => (float[N,5] y)
        <float[8,3,3,3] w1 = normal 0.3, float[8] b1 = normal 0.3, float[8,1,3,3] w2 = normal 0.3, float[8,8,1,1] w3 = normal 0.3,
         float[8] s = uniform 0.5 1.5, float[8] o = normal 0.1, float[8] m = normal 0.1, float[8] v = uniform 0.5 1.5,
         float[8,5] w4 = normal 0.3, float[5] b4 = normal 0.3>
        {
            c1 = Conv<pads = [1,1,1,1], kernel_shape = [3,3]>(x, w1, b1)
            n1 = BatchNormalization<epsilon = 0.001>(c1, s, o, m, v)
            r1 = Relu(n1)
            d1 = Conv<group = 8, pads = [1,1,1,1]>(r1, w2)
            k = Constant<value = float {1.5}>()
            t1 = Mul(d1, k)
            p1 = Conv(t1, w3)
            a1 = Add(p1, r1)
            q1 = MaxPool<kernel_shape = [2,2], strides = [2,2]>(a1)
            g1 = GlobalAveragePool(q1)
            f1 = Flatten<axis = 1>(g1)
            y = Gemm<alpha = 1.0>(f1, w4, b4)
        }
        """;

    public const string Moves = """
        <ir_version: 8, opset_import: ["" : 17]>
        g (float[N,2,6,6] x) => (float[N,5] y)
        <float[4,2,3,3] w1 = normal 0.1, float[4] b1 = normal 0.1, float[4,1,1,1] w2 = normal 0.1, float[16,5] w3 = normal 0.1,
         int64[2] s = {2, 2}, int64[2] t = {0, -1}, int64[1] st = {0}, int64[1] en = {5}, int64[1] ax = {1}, int64[8] pd = {0,0,0,0,0,0,0,0}>
        {
            h = Conv<pads = [1,1,1,1]>(x, w1, b1)
            r = Relu(h)
            d = Conv<group = 4>(r, w2)
            m = MaxPool<kernel_shape = [3,3], strides = [3,3]>(d)
            a, b = Split<axis = 1>(m, s)
            c = Concat<axis = 1>(b, a)
            e = Pad(c, pd)
            u = Transpose<perm = [0, 2, 3, 1]>(e)
            f = Reshape(u, t)
            z = MatMul(f, w3)
            y = Slice(z, st, en, ax)
        }
        """;

    public const string Token = """
        <ir_version: 8, opset_import: ["" : 17]>
        g (int64[N,T] ids) => (float[N,T,6] y)
        <float[11,8] table = normal 0.3, float[8] g1 = uniform 0.5 1.5, float[8] h1 = normal 0.1, float[8,8] wq = normal 0.3,
         float[8,8] wk = normal 0.3, float[8,8] wv = normal 0.3, float[8,8] wo = normal 0.3, float[8,12] wu = normal 0.3, float[12] bu = normal 0.3,
         float[12,8] wd = normal 0.3, float[8,6] wl = normal 0.3, int64[4] split = {0, 0, 2, 4}, int64[3] join = {0, 0, 8}, float scale = {0.5}>
        {
            e = Gather(table, ids)
            n = LayerNormalization<axis = -1>(e, g1, h1)
            q = MatMul(n, wq) k = MatMul(n, wk) v = MatMul(n, wv)
            q4 = Reshape(q, split) k4 = Reshape(k, split) v4 = Reshape(v, split)
            qt = Transpose<perm = [0, 2, 1, 3]>(q4) kt = Transpose<perm = [0, 2, 3, 1]>(k4) vt = Transpose<perm = [0, 2, 1, 3]>(v4)
            qk = MatMul(qt, kt) sc = Mul(qk, scale) p = Softmax<axis = -1>(sc) pv = MatMul(p, vt)
            o = Transpose<perm = [0, 2, 1, 3]>(pv) oj = Reshape(o, join) ow = MatMul(oj, wo) r = Add(e, ow)
            u = MatMul(r, wu) ub = Add(u, bu) ua = Erf(ub) d = MatMul(ua, wd) r2 = Add(r, d)
            y = Einsum<equation = "bth,ho->bto">(r2, wl)
        }
        """;

    public const string Quantised = """
        <ir_version: 8, opset_import: ["" : 17]>
        g (float[N,3,6,6] x) => (float[N,4] y)
        <float xs = {0.1}, uint8 xz = {128}, int8[4,3,1,1] w1 = {1,2,3,4,5,6,7,8,9,1,2,3}, float[4] ws = {0.1,0.2,0.3,0.4}, int8[4] wz = {0,0,0,0},
         int32[4] b1 = {1,2,3,4}, float ys = {0.2}, uint8 yz = {0}, int8[4,4] w2 = {1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7}, float[4,4] w3 = normal 0.3>
        {
            q = QuantizeLinear(x, xs, xz)
            c = QLinearConv(q, xs, xz, w1, ws, wz, ys, yz, b1)
            d = DequantizeLinear(c, ys, yz)
            r = Relu(d)
            p = GlobalAveragePool(r)
            f = Flatten(p)
            wd = DequantizeLinear<axis = 1>(w2, ws, wz)
            h = MatMul(f, wd)
            dq, ds, dz = DynamicQuantizeLinear(h)
            b = DequantizeLinear(dq, ds, dz)
            y = MatMul(b, w3)
        }
        """;

    public const string Recurrent = """
        <ir_version: 8, opset_import: ["" : 17]>
        g (float[T,N,5] x) => (float[T,N,3] y)
        <float[1,16,5] w = normal 0.3, float[1,16,4] r = normal 0.3, float[1,32] b = normal 0.3, int64[1] one = {1}, int64[3] shape = {0, 0, -1},
         float[2,12,4] gw = normal 0.3, float[2,12,4] gr = normal 0.3, float[8,3] v = normal 0.3, int64[3] hs = {2, 1, 4}>
        {
            h, last, cell = LSTM<hidden_size = 4>(x, w, r, b)
            s = Squeeze(h, one)
            zero = ConstantOfShape<value = float[1] {0.0}>(hs)
            g1 = GRU<hidden_size = 4, direction = "bidirectional", linear_before_reset = 1>(s, gw, gr)
            t = Transpose<perm = [0, 2, 1, 3]>(g1)
            f = Reshape(t, shape)
            y = MatMul(f, v)
        }
        """;

    public const string Contributed = """
        <ir_version: 8, opset_import: ["" : 17, "com.microsoft" : 1]>
        g (float[N,T,8] x) => (float[N,T,8] y)
        <float[8,24] wqkv = normal 0.3, float[24] bqkv = normal 0.3, float[8,8] wo = normal 0.3, float[8] bo = normal 0.1,
         float[8] gamma = uniform 0.5 1.5, float[8] beta = normal 0.1, float[8,16] wu = normal 0.3, float[16] bu = normal 0.3,
         float[16,8] wd = normal 0.3>
        {
            a = com.microsoft.Attention<num_heads = 2>(x, wqkv, bqkv)
            o = MatMul(a, wo)
            n = com.microsoft.SkipLayerNormalization<epsilon = 0.001>(o, x, gamma, beta, bo)
            u = MatMul(n, wu)
            f = com.microsoft.FastGelu(u, bu)
            y = com.microsoft.FusedMatMul<alpha = 1.0, transA = 0>(f, wd)
        }
        """;

    public const string Branches = """
        <ir_version: 8, opset_import: ["" : 17]>
        g (float[N,6] x, bool c) => (float[N,4] y, float[N,6] z)
        <float[6,8] w = normal 0.3, float[8,4] v = normal 0.3, float[8] b = normal 0.3, int64 two = {2}, bool yes = {1},
         float[6,6] w0 = normal 0.3, float[6] b0 = normal 0.3>
        {
            h0 = Gemm(x, w0, b0)
            r0 = Relu(h0)
            h = MatMul(r0, w)
            r = Relu(h)
            k = If<then_branch = t () => (float[N,8] k1) { k1 = Add(r, b) }, else_branch = e () => (float[N,8] k2) { k2 = Tanh(r) }>(c)
            l = Loop<body = body (int64 i, bool go, float[N,8] state) => (bool going, float[N,8] next) {
                going = Identity(go) next = Add(state, k)
            }>(two, yes, k)
            n = Shape(x)
            one = Constant<value_int = 1>()
            width = Gather(n, one)
            six = Constant<value_ints = [6]>()
            is = Equal(width, six)
            z = If<then_branch = t2 () => (float[N,6] z1) { z1 = Identity(x) }, else_branch = e2 () => (float[N,6] z2) { z2 = Neg(x) }>(is)
            y = MatMul(l, v)
        }
        """;

    public const string Functions = """
        <ir_version: 8, opset_import: ["" : 17, "local" : 1]>
        g (float[N,3,8,8] x) => (float[N,4,4,4] y)
        <float[6,3,3,3] w1 = normal 0.1, float[4,6,3,3] w2 = normal 0.1>
        {
            h = local.Block<slope = 0.1>(x, w1)
            y = Conv(h, w2)
        }
        <domain: "local", opset_import: ["" : 17, "local" : 1]>
        Block <slope> (a, w) => (c)
        {
            b = Conv(a, w)
            c = local.Activate<alpha: float = @slope>(b)
        }
        <domain: "local", opset_import: ["" : 17]>
        Activate <alpha> (p) => (q)
        {
            i = Identity(p)
            q = LeakyRelu<alpha: float = @alpha>(i)
        }
        """;
}
