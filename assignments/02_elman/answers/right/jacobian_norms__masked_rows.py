# jacobian_norms · rows of W_hh by torch.where, norms at the end
def jacobian_norms(states, W_hh):
    product = torch.eye(W_hh.shape[0], dtype=W_hh.dtype)
    products = [product]
    for k in range(1, len(states)):
        step = torch.where((states[-k] > 0).unsqueeze(1), W_hh, torch.zeros_like(W_hh))
        product = product @ step
        products.append(product)
    return torch.linalg.matrix_norm(torch.stack(products), ord=2)
